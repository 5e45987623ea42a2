/* What happens when memory runs out while a report is cleaned: each allocation in turn is made to fail. */
#include "cleaned.h"

#include "no_memory.h"

/* Long enough that lists grow, and that the arena needs more than its first chunk. */
static const char *const unit =
    "Valley to build second bridge\nBy Ann Lee and Tom Roe\nPublished: 11 Jan 2022\n\n"
    "OSLO (AP) - The council of the valley voted on Monday to build a second bridge.\n\nAdvertisement\n\n"
    "Work will begin in the spring and last for about three years, it said. read more\n\nSource: Reuters\n\n";

static void each_allocation(void **state)
{
    (void)state;
    static char text[4000];
    size_t n = strlen(unit), used = 0;
    for (; used + n < sizeof text; used += n)
        memcpy(text + used, unit, n);
    text[used] = '\0';
    bool done = false;
    long failures = 0;
    for (long k = 0; k < 10000 && !done; k++) {
        cleaned c;
        cleaned_open(&c, text);
        calls_left = k;
        dsr_status status = dsr_clean_report(c.arena, lexicon, &c.report);
        calls_left = -1;
        done = status == DSR_OK;
        failures += !done;
        if (!done)
            assert_int_equal(status, DSR_ERR_MEMORY);
        cleaned_drop(&c);
    }
    assert_true(done);
    assert_true(failures > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_allocation)};
    return cmocka_run_group_tests(tests, lexicon_make, lexicon_drop);
}
