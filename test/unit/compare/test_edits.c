/* Each kind of edit, on sentences of our own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "compare/compare.h"
#include "reports.h"

#include <stdio.h>

typedef struct edit_case {
    const char *from, *to; /* what stands at the place of the difference */
    const char *shown_from, *shown_to;
    dsr_edit_kind kind;
} edit_case;

/* The difference stands between copied words on both sides. */
static void check_case(test_world *w, const edit_case *c)
{
    char a[1024], b[1024];
    const char *before =
                   "Inspectors who went through the warehouse by the old canal on their second visit found",
               *after = "stacked behind a false wall that nobody in the company claims to have known about";
    snprintf(a, sizeof a, "%s %s %s.\n", before, c->from, after);
    snprintf(b, sizeof b, "%s %s %s.\n", before, c->to, after);
    dsr_report *x = test_report(w, a), *y = test_report(w, b);
    dsr_compare_text *p = NULL, *q = NULL;
    bool found = false;
    dsr_reuse reuse;
    assert_int_equal(dsr_compare_prepare(w->arena, x, &p), DSR_OK);
    assert_int_equal(dsr_compare_prepare(w->arena, y, &q), DSR_OK);
    assert_int_equal(dsr_compare_pair(w->arena, w->lexicon, p, q, &found, &reuse), DSR_OK);
    assert_true(found);
    assert_int_equal(reuse.passages.count, 1);
    if (reuse.passages.items[0].edits.count != 1) {
        fail_msg("%s -> %s: %zu edits", c->from, c->to, reuse.passages.items[0].edits.count);
    }
    dsr_edit edit = reuse.passages.items[0].edits.items[0];
    dsr_slice from = dsr_slice_part(x->text, edit.from.start, edit.from.end);
    dsr_slice to = dsr_slice_part(y->text, edit.to.start, edit.to.end);
    if (!dsr_slice_equal(from, dsr_slice_of(c->shown_from)) ||
        !dsr_slice_equal(to, dsr_slice_of(c->shown_to)) || edit.kind != c->kind) {
        fail_msg("%s -> %s: got [%.*s] -> [%.*s] %s", c->from, c->to, DSR_PRINT(from), DSR_PRINT(to),
                 dsr_edit_kind_name(edit.kind));
    }
}

static void tells_the_kinds_of_edits(void **state)
{
    static const edit_case cases[] = {
        {"weapons", "alleged weapons", "weapons", "alleged weapons", DSR_EDIT_HEDGE},
        {"possible proof of fraud", "proof of fraud", "possible proof", "proof", DSR_EDIT_HEDGE},
        {"no sign of a fire", "no fire", "no sign of a fire", "no fire", DSR_EDIT_HEDGE},
        {"13 crates", "14 crates", "13", "14", DSR_EDIT_NUMBER},
        {"13,000 rifles", "14,000 rifles", "13,000", "14,000", DSR_EDIT_NUMBER},
        {"3.5 tons", "3.7 tons", "3.5", "3.7", DSR_EDIT_NUMBER},
        {"three crates", "four crates", "three", "four", DSR_EDIT_NUMBER},
        {"2 million notes", "2.3 million notes", "2", "2.3", DSR_EDIT_NUMBER},
        {"2.3 million notes", "2 million notes", "2.3", "2", DSR_EDIT_NUMBER},
        {"2 percent of the files", "two per cent of the files", "2 percent", "two per cent", DSR_EDIT_STYLE},
        {"6 safes", "six safes", "6", "six", DSR_EDIT_STYLE},
        {"mail from Thursday", "mail from Friday", "Thursday", "Friday", DSR_EDIT_WORDING},
        {"notes by Viktor", "notes by Victor", "Viktor", "Victor", DSR_EDIT_STYLE},
        {"letters from Marlow", "letters from Denning", "Marlow", "Denning", DSR_EDIT_NAME},
        {"files on Iran", "files on Iraq", "Iran", "Iraq", DSR_EDIT_NAME},
        {"boxes", "boxes of old paper", "", "of old paper", DSR_EDIT_ADDITION},
        {"boxes of old paper", "boxes", "of old paper", "", DSR_EDIT_DELETION},
        {"boxes", "sacks", "boxes", "sacks", DSR_EDIT_WORDING},
        {"maps of Kyiv", "maps of Kiev", "Kyiv", "Kiev", DSR_EDIT_STYLE},
        {"notes by Vorontsky", "notes by Vorontskyy", "Vorontsky", "Vorontskyy", DSR_EDIT_STYLE},
        {"notes by Andrei", "notes by Andrey", "Andrei", "Andrey", DSR_EDIT_STYLE},
        {"United States flags", "US flags", "United States", "US", DSR_EDIT_STYLE},
        {"U.S. flags", "US flags", "U.S", "US", DSR_EDIT_STYLE},
        {"notes of the OSCE", "notes of the Organization for Security and Cooperation in Europe", "OSCE",
         "Organization for Security and Cooperation in Europe", DSR_EDIT_STYLE},
        {"colour prints", "color prints", "colour", "color", DSR_EDIT_STYLE},
        {"cold war files", "cold-war files", "cold war", "cold-war", DSR_EDIT_STYLE},
        {"a cache -- large --", "a cache \xe2\x80\x94 large --", "--", "\xe2\x80\x94", DSR_EDIT_STYLE},
        {"caf\xc3\xa9 chairs", "cafe chairs", "caf\xc3\xa9", "cafe", DSR_EDIT_STYLE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_case(*state, &cases[i]);
    }
}

static void marks_of_quotation_and_blanks_are_no_edits(void **state)
{
    test_world *w = *state;
    dsr_report *x =
        test_report(w, "Nobody at the plant would say what the word \"surplus\" on the crates was meant to "
                       "tell those who opened them.\n");
    dsr_report *y =
        test_report(w, "Nobody at the plant would  say what the word \xe2\x80\x9csurplus\xe2\x80\x9d on the "
                       "crates\nwas meant to tell those who opened them.\n");
    dsr_compare_text *p = NULL, *q = NULL;
    bool found = false;
    dsr_reuse reuse;
    assert_int_equal(dsr_compare_prepare(w->arena, x, &p), DSR_OK);
    assert_int_equal(dsr_compare_prepare(w->arena, y, &q), DSR_OK);
    assert_int_equal(dsr_compare_pair(w->arena, w->lexicon, p, q, &found, &reuse), DSR_OK);
    assert_true(found);
    for (size_t i = 0; i < reuse.passages.count; i++) {
        assert_int_equal(reuse.passages.items[i].edits.count, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_the_kinds_of_edits),
        cmocka_unit_test(marks_of_quotation_and_blanks_are_no_edits),
    };
    return cmocka_run_group_tests(tests, test_world_open, test_world_close);
}
