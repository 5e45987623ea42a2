/* What happens when memory runs out: each allocation in turn is made to fail. Outputs stay as they were. */
#include "support.h"

#include "no_memory.h"
#include "syntax/net.h"

static void opening(void **state)
{
    (void)state;
    dsr_syntax_model *model = NULL;
    dsr_status status = DSR_ERR_MEMORY;
    long calls = 0;
    for (; status != DSR_OK; calls++) {
        dsr_error error = {.message = ""};
        calls_left = calls;
        status = dsr_syntax_open(DSR_TEST_MODEL, &model, &error);
        calls_left = -1;
        /* Opening a file needs memory too, which the system reports in its own way. */
        assert_true(status == DSR_OK || status == DSR_ERR_MEMORY || status == DSR_ERR_IO);
        assert_true((status == DSR_OK) == (model != NULL));
        assert_true(calls < 100);
    }
    assert_true(calls > 3);
    dsr_syntax_drop(model);
}

static void analysing(void **state)
{
    (void)state;
    static const char text[] = "They said it rained .";
    const dsr_token tokens[] = {
        {.span = {0, 4}}, {.span = {5, 9}}, {.span = {10, 12}}, {.span = {13, 19}}, {.span = {20, 21}}};
    dsr_syntax_model *model = open_english();
    dsr_status status = DSR_ERR_MEMORY;
    long calls = 0;
    for (; status != DSR_OK; calls++) {
        dsr_arena *arena = dsr_arena_new(16);
        assert_non_null(arena);
        dsr_syntax out = {.count = 99};
        calls_left = calls;
        status = dsr_syntax_analyse(model, arena, dsr_slice_of(text), tokens, 5, &out);
        calls_left = -1;
        assert_true(status == DSR_OK || status == DSR_ERR_MEMORY);
        assert_int_equal(out.count, status == DSR_OK ? 5 : 99);
        dsr_arena_drop(arena);
        assert_true(calls < 100);
    }
    assert_true(calls > 1);
    dsr_syntax_drop(model);
}

/* Two tokens that want each other: only contraction finds their tree, and it needs memory. */
static void breaking_a_cycle(void **state)
{
    (void)state;
    static const int32_t scores[] = {0, INT32_MIN, 9, 1, 0, 9, INT32_MIN, 1, 5, 1, 1, INT32_MIN};
    uint16_t heads[3] = {0};
    calls_left = 0;
    dsr_status status = dsr_net_find_tree(&dsr_net_plain, scores, 3, heads);
    calls_left = -1;
    assert_int_equal(status, DSR_ERR_MEMORY);
    assert_int_equal(dsr_net_find_tree(&dsr_net_plain, scores, 3, heads), DSR_OK);
    assert_int_equal((heads[0] == 0) + (heads[1] == 0) + (heads[2] == 0), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(opening), cmocka_unit_test(analysing),
                                       cmocka_unit_test(breaking_a_cycle)};
    return cmocka_run_group_tests_name("syntax no_memory", tests, NULL, NULL);
}
