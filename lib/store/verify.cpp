#include "store/verify.h"

#include <fmt/format.h>

#include "base/cancel.h"
#include "os/parallel.h"
#include "store/blobs.h"
#include "store/outputs.h"
#include "store/refs.h"
#include "store/run_record.h"

namespace aml::store {
namespace {

std::vector<std::string> verify_files(const RunFolder& folder, const RunResult& result) {
  std::vector<std::string> messages;
  for (const auto& [name, digest] : result.files) {
    const auto found = digest_file(folder.dir() / name);
    if (!found.ok()) messages.push_back(found.error().message);
    else if (*found != digest) messages.push_back(fmt::format("'{}' was changed after the run ended", name));
  }
  return messages;
}

std::vector<std::string> verify_outputs(const Store& store, const RunFolder& folder) {
  std::vector<std::string> messages;
  const auto files = list_outputs(store, folder.id());
  if (!files.ok()) return {files.error().message};
  const BlobStore blobs(store.dir());
  for (const OutputFile& file : *files) {
    const auto size = blobs.size(file.digest);
    if (!size.ok() || *size != file.size)
      messages.push_back(fmt::format("output '{}' is not in the blob store: {}", file.path, file.digest.text()));
  }
  return messages;
}

std::vector<std::string> verify_run(const Store& store, const RunId& id, const LivenessProbe& probe) {
  const auto run = read_run(store, id, probe);
  if (!run.ok()) return {run.error().message};
  std::vector<std::string> messages = run->damage;
  const RunFolder folder = run_folder(store, id);
  const auto journal = read_journal(folder.journal());
  if (!is_alive(run->state) && journal.ok() && journal->damaged_records > 0)
    messages.push_back(fmt::format("journal: {} damaged records", journal->damaged_records));
  const auto result = read_run_result(folder);
  if (!result.ok() || !*result) return messages;
  for (const auto& more : {verify_files(folder, **result), verify_outputs(store, folder)})
    messages.insert(messages.end(), more.begin(), more.end());
  return messages;
}

void add(std::vector<Finding>& findings, const std::string& kind, const std::string& id,
         const std::vector<std::string>& messages) {
  for (const std::string& message : messages) findings.push_back({kind, id, message});
}

Status verify_blobs(const Store& store, unsigned threads, const Cancel* cancel, Verified& verified) {
  const BlobStore blobs(store.dir());
  const std::vector<Digest> digests = TRY(blobs.list());
  std::vector<std::string> messages(digests.size());
  os::parallel_for(digests.size(), threads, [&](size_t i) {
    if (cancel != nullptr && cancel->is_requested()) return;
    auto status = blobs.verify(digests[i]);
    if (!status.ok()) messages[i] = status.error().message;
  });
  for (size_t i = 0; i < digests.size(); ++i)
    if (!messages[i].empty()) verified.findings.push_back({"blob", digests[i].text(), messages[i]});
  verified.blobs = digests.size();
  return cancel == nullptr ? Status() : cancel->check();
}

Status verify_runs(const Store& store, const LivenessProbe& probe, unsigned threads, const Cancel* cancel,
                   Verified& verified) {
  const std::vector<RunId> ids = list_run_ids(store);
  std::vector<std::vector<std::string>> messages(ids.size());
  os::parallel_for(ids.size(), threads, [&](size_t i) {
    if (cancel == nullptr || !cancel->is_requested()) messages[i] = verify_run(store, ids[i], probe);
  });
  for (size_t i = 0; i < ids.size(); ++i) add(verified.findings, "run", ids[i].text(), messages[i]);
  verified.runs = ids.size();
  return cancel == nullptr ? Status() : cancel->check();
}

Status verify_refs(const Store& store, Verified& verified) {
  const RefStore refs(store.dir());
  const BlobStore blobs(store.dir());
  for (const std::string& kind : TRY(refs.kinds())) {
    for (const std::string& name : TRY(refs.list(kind))) {
      ++verified.refs;
      const auto value = refs.read({kind, name});
      if (!value.ok()) {
        verified.findings.push_back({"ref", kind + "/" + name, value.error().message});
        continue;
      }
      const auto digest = Digest::parse((*value)["digest"].string());
      if (digest && (*value)["mediaType"].is_string() && !blobs.has(*digest))
        verified.findings.push_back(
            {"ref", kind + "/" + name, fmt::format("'{}' is not in the store", digest->text())});
    }
  }
  return {};
}

}  // namespace

Result<Verified> verify_store(const Store& store, const LivenessProbe& probe, unsigned threads, const Cancel* cancel) {
  Verified verified;
  TRY(verify_blobs(store, threads, cancel, verified));
  TRY(verify_refs(store, verified));
  TRY(verify_runs(store, probe, threads, cancel, verified));
  return verified;
}

}  // namespace aml::store
