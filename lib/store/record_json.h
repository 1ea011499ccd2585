// What spec.json, exit and result.json have in common: optional members, instants as RFC 3339 text, digests.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/ids.h"
#include "base/time.h"
#include "os/file.h"
#include "text/json.h"

namespace aml::store {

// Leaves members out whose value is empty, so that records stay readable.
void add_text(text::Json& object, std::string key, const std::string& value);
void add_instant(text::Json& object, std::string key, Instant value);  // 0 is left out
void add_digest(text::Json& object, std::string key, const std::optional<Digest>& value);
text::Json texts_json(const std::vector<std::string>& texts);
text::Json params_json(const std::vector<std::pair<std::string, std::string>>& params);  // an object, in order

// Tolerant: a missing or ill-typed member is the zero value.
std::optional<uint64_t> uint_member(const text::Json& object, std::string_view key);
double double_member(const text::Json& object, std::string_view key);
Instant instant_member(const text::Json& object, std::string_view key);
std::optional<Digest> digest_member(const text::Json& object, std::string_view key);
std::optional<RunId> run_id_member(const text::Json& object, std::string_view key);
std::vector<std::string> texts_member(const text::Json& object, std::string_view key);
std::vector<std::pair<std::string, std::string>> params_member(const text::Json& object, std::string_view key);

// The whole file, at most kRecordFileBytesMax; nothing when it is not there.
Result<std::optional<std::string>> read_record_file(const Path& path);

}  // namespace aml::store
