// amldeploy push: an image of the store to a registry.
#include "registry/push.h"

#include <fmt/format.h>

#include "amldeploy/commands.h"
#include "amldeploy/registry_flags.h"
#include "image/names.h"

namespace aml::amldeploy {
namespace {

class PushCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{
        .name = "push",
        .summary = "send an image to its registry",
        .description =
            "Sends what the registry does not have yet: layers, config, manifest, and the tag last. Broken "
            "connections are taken up again. Prints the name that stays valid when the tag moves. "
            "Registries that want a login are not supported yet.",
        .examples = {{"amldeploy push localhost:5000/penguins:1", "after 'amldeploy build -t' of that name"},
                     {"image=$(amldeploy push localhost:5000/penguins:1)", "keep the name with its digest"}},
        .flags = {},
        .positionals = {{"IMAGE", "HOST[:PORT]/NAME[:TAG] of an image in the store", &name_, cli::Complete::none}},
        .output = cli::Output::id,
        .exit_notes = {"4  no image of that name here", "7  the registry cannot be reached, or refuses"},
        .see_also = {"amldeploy-build(1)", "amldeploy-pull(1)"}};
    flags_.add_to(spec.flags);
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto reference = TRY(registry::parse_reference(name_));
    TRY(registry::check_has_host(reference));
    const auto store = TRY(store::open_store(session.settings().store_dir, std::filesystem::current_path()));
    const auto image = TRY(image::find_image(store::RefStore(store.dir()), reference.text()));
    auto client = TRY(flags_.connect(session, reference));
    TransferReport report(session, "pushed");
    TRY(registry::push(store::BlobStore(store.dir()), image.digest, client, reference, report));
    TRY(session.out().id(fmt::format("{}/{}@{}", reference.host, reference.repository, image.digest.text())));
    return cli::ExitCode::ok;
  }

 private:
  std::string name_;
  RegistryFlags flags_;
};

}  // namespace

std::unique_ptr<cli::Command> make_push() { return cli::make<PushCommand>(); }

}  // namespace aml::amldeploy
