/* What happens when memory runs out while a report is cleaned: each allocation in turn is made to fail. */
#include "cleaned.h"

#include "no_memory.h"

/* Long enough that lists grow, and that the arena needs more than its first chunk. */
static const char *const unit =
    "Valley to build second bridge\nBy Ann Lee and Tom Roe\nPublished: 11 Jan 2022\n\n"
    "OSLO (AP) - The council of the valley voted on Monday to build a second bridge.\n\nAdvertisement\n\n"
    "Work will begin in the spring and last for about three years, it said. read more\n\nSource: Reuters\n\n";

/* Every second stretch of five bytes. */
static void label_some(cleaned *c)
{
    for (uint32_t at = 0; at + 5 < c->report.text.len; at += 10) {
        assert_int_equal(DSR_LIST_RESERVE(c->arena, &c->report.furniture, 1), DSR_OK);
        c->report.furniture.items[c->report.furniture.count++] =
            (dsr_furniture){{at, at + 5}, DSR_FURNITURE_OTHER};
    }
}

static void fail_each_allocation(bool labelled)
{
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
        c.report.labelled = labelled;
        if (labelled)
            label_some(&c);
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

static void each_allocation(void **state)
{
    (void)state;
    fail_each_allocation(false);
    fail_each_allocation(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_allocation)};
    return cmocka_run_group_tests(tests, lexicon_make, lexicon_drop);
}
