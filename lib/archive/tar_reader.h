// libarchive reading an uncompressed tar from a Source, with errors in our words. Internal to archive.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <string>

#include "archive/locale_scope.h"
#include "archive/tar.h"

namespace aml::archive {

class TarReader {
 public:
  explicit TarReader(Source& source);  // which must outlive it
  TarReader(const TarReader&) = delete;
  TarReader& operator=(const TarReader&) = delete;

  Status open();

  // The next member, or nullptr at the end; valid until the next call.
  Result<archive_entry*> next();

  // The content of the current member, piece by piece.
  Source& content() { return content_; }

  // What the source itself reported, or libarchive's own reason.
  Error error() const;

 private:
  struct Free {
    void operator()(struct archive* reader) const { archive_read_free(reader); }
  };
  struct Input {
    Source& source;
    Status status = {};
  };
  static la_ssize_t read_piece(struct archive* reader, void* context, const void** data);

  class Content final : public Source {
   public:
    explicit Content(TarReader& reader) : reader_(reader) {}
    Result<std::string_view> read() override;

   private:
    TarReader& reader_;
    std::string buffer_;
  };

  Utf8LocaleScope locale_;
  Input input_;
  std::unique_ptr<struct archive, Free> reader_;
  Content content_{*this};
};

// A member's path without "./" in front and '/' at the end; bad data if it is absolute, holds "..", or is too long.
// The root itself ("." or "./") is the empty string.
Result<std::string> clean_member_path(const archive_entry* entry, const ExtractOptions& options);

}  // namespace aml::archive
