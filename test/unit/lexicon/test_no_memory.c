/* What happens when memory runs out while the word lists are read: each allocation in turn is made to fail.
 * Nothing is leaked (the sanitizer looks on), the outputs stay as they were. */
#include "folder.h"

#include "lexicon/lexicon.h"

#include "no_memory.h"

static void each_allocation(void **state)
{
    (void)state;
    char data[FOLDER_PATH];
    folder_make(data);
    folder_fill(data);
    bool opened = false;
    for (long n = 0; n < 100000 && !opened; n++) {
        dsr_lexicon *lexicon = NULL;
        dsr_error error;
        calls_left = n;
        dsr_status status = dsr_lexicon_open(data, data, &lexicon, &error);
        calls_left = -1;
        opened = status == DSR_OK;
        if (opened) {
            assert_non_null(lexicon);
            dsr_lexicon_close(lexicon);
        } else {
            /* A folder that cannot be listed for want of memory looks like one without languages. */
            assert_true(status == DSR_ERR_MEMORY || status == DSR_ERR_NOT_FOUND || status == DSR_ERR_IO);
            assert_null(lexicon);
        }
    }
    assert_true(opened);
    folder_drop(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_allocation)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
