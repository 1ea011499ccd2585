// amldeploy pull: an image from a registry, or from a file, into the store.
#include "registry/pull.h"

#include <fcntl.h>
#include <fmt/format.h>

#include "amldeploy/commands.h"
#include "amldeploy/registry_flags.h"
#include "image/load.h"
#include "image/names.h"

namespace aml::amldeploy {
namespace {

class PullCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{
        .name = "pull",
        .summary = "bring an image into the store",
        .description =
            "Fetches what the store does not have yet, checks every byte against its digest, and prints the "
            "digest of the manifest. With --from the image comes out of an OCI archive instead.",
        .examples = {{"amldeploy pull localhost:5000/penguins:1", "from a registry"},
                     {"amldeploy pull penguins:1 --from archive.tar", "from a file that 'amldeploy build -o' wrote"}},
        .flags = {{0, "from", "FILE", "read the image from an OCI archive", &archive_, cli::Group::input,
                   cli::Complete::file}},
        .positionals = {{"IMAGE", "HOST[:PORT]/NAME[:TAG|@DIGEST], its name in the store from now on", &name_,
                         cli::Complete::none}},
        .output = cli::Output::id,
        .exit_notes = {"4  no such image", "6  what came is damaged", "7  the registry cannot be reached, or refuses"},
        .see_also = {"amldeploy-push(1)", "amldeploy-build(1)"}};
    flags_.add_to(spec.flags);
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto reference = TRY(registry::parse_reference(name_));
    if (!archive_) TRY(registry::check_has_host(reference));
    const auto store = TRY(store::open_or_create(session.settings().store_dir, store_root()));
    const auto image = archive_ ? TRY(load(store)) : TRY(fetch(session, store, reference));
    TRY(image::name_image(store::RefStore(store.dir()), reference.text(), image));
    TRY(session.out().id(image.digest.text()));
    return cli::ExitCode::ok;
  }

 private:
  // The folder of the nearest store; without one, the store is made right here.
  static Path store_root() {
    const auto found = store::find_store(std::filesystem::current_path());
    return found ? found->parent_path() : std::filesystem::current_path();
  }

  Result<store::Descriptor> fetch(cli::Session& session, const store::Store& store,
                                  const registry::Reference& reference) const {
    auto client = TRY(flags_.connect(session, reference));
    TransferReport report(session, "pulled");
    return registry::pull(client, reference, store::BlobStore(store.dir()), report);
  }

  Result<store::Descriptor> load(const store::Store& store) const {
    os::FdSource source(TRY(os::open_file(*archive_, O_RDONLY)), *archive_);
    auto images = TRY(image::load_images(source, *archive_, store::BlobStore(store.dir())));
    if (images.size() == 1) return images.front().manifest;
    return Error{ErrorKind::usage, fmt::format("'{}' holds {} images, not one", *archive_, images.size()),
                 "take one out first: skopeo copy oci-archive:FILE:NAME oci-archive:ONE"};
  }

  std::string name_;
  std::optional<std::string> archive_;
  RegistryFlags flags_;
};

}  // namespace

std::unique_ptr<cli::Command> make_pull() { return cli::make<PullCommand>(); }

}  // namespace aml::amldeploy
