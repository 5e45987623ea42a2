/* Pages from anybody: reading must refuse with a reason or give a sound record, each of whose characters
 * leads to bytes of the page. */
#include "read_bytes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static dsr_lexicon *lexicon; /* a target lives as long as its process */
    if (lexicon == NULL) {
        dsr_error error;
        believe(dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &lexicon, &error) == DSR_OK);
    }
    char *copy = malloc(size > 0 ? size : 1);
    believe(copy != NULL);
    if (size > 0) {
        memcpy(copy, data, size);
    }
    dsr_read_options options = {.lexicon = lexicon};
    fuzz_read_with("html", copy, size, &options);
    free(copy);
    return 0;
}
