/* Reports as JSON Lines from anybody: reading must refuse with a reason or give a sound record whose map
 * covers its text. */
#include "read_bytes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_read_copy("jsonl", data, size);
}
