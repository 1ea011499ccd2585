/* The plugin interface for table formats: what a shared library must offer so that the tools read and write one more
 * format. Tables cross it as Arrow C streams and arrays. Compiles as C99 and C++. Changed only by appending to the
 * structures and counting AML_TABLE_PLUGIN_VERSION up; a loader takes plugins of its own version and older ones.
 *
 * A plugin NAME is the file aml_NAME.so in the plugin folder and exports
 *
 *     const struct aml_table_plugin* aml_table_plugin_v1(void);
 *
 * Functions return 0, or another number after they wrote a message without a final full stop to `error`. Nothing may
 * be thrown across the interface. */
#ifndef AML_TABLE_PLUGIN_H
#define AML_TABLE_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#include "plugin/arrow_c.h"

#ifdef __cplusplus
extern "C" {
#endif

#define AML_TABLE_PLUGIN_VERSION 1
#define AML_TABLE_PLUGIN_SYMBOL "aml_table_plugin_v1"

struct aml_error {
  char* text; /* NUL-terminated; at most `size` bytes with the NUL */
  size_t size;
};

/* What is read: a file, or a place that the plugin knows how to reach. All pointers stay valid during open(). */
struct aml_table_source {
  int fd;               /* open for reading, seekable, kept open until the stream is released; -1: no file */
  const char* name;     /* for messages */
  const char* location; /* "odbc:DSN=…", empty for a file */
  const char* query;    /* what to ask there, empty when nothing was said */
  int64_t batch_rows;   /* at most so many rows at once */
};

/* Where written bytes go; returns 0, or another number to stop. */
struct aml_byte_sink {
  int (*write)(void* context, const void* bytes, size_t size);
  void* context;
};

struct aml_table_plugin {
  uint32_t version;        /* AML_TABLE_PLUGIN_VERSION it was built with */
  const char* name;        /* "parquet" */
  const char* description; /* "Apache Parquet, by Arrow C++ 26.0.1" */

  /* Fills `stream`, which the caller releases. */
  int (*open)(const struct aml_table_source* source, struct ArrowArrayStream* stream, struct aml_error error);

  /* Null in plugins that do not write. create() takes the schema over and gives a writer; append() takes a struct
   * array over; finish() writes what is left; destroy() frees the writer, whatever happened before. `sink` stays valid
   * until then. */
  int (*create)(const struct aml_byte_sink* sink, struct ArrowSchema* schema, void** writer, struct aml_error error);
  int (*append)(void* writer, struct ArrowArray* rows, struct aml_error error);
  int (*finish)(void* writer, struct aml_error error);
  void (*destroy)(void* writer);
};

#ifdef __cplusplus
}
#endif

#endif
