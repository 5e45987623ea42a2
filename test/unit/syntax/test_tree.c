/* Names of tags and relations, and questions about a tree that stands there by hand. */
#include "support.h"

/* The senators were told by the mayor that taxes will rise . */
enum { THE, SENATORS, WERE, TOLD, BY, THE2, MAYOR, THAT, TAXES, WILL, RISE, STOP, COUNT };

typedef struct made_tree {
    dsr_syntax_token tokens[COUNT];
    uint32_t first[COUNT];
    uint32_t next[COUNT];
    dsr_syntax syntax;
} made_tree;

static void make_tree(made_tree *t)
{
    static const struct {
        uint32_t head;
        uint8_t relation;
    } arcs[COUNT] = {{SENATORS, DSR_REL_DET},   {TOLD, DSR_REL_NSUBJ_PASS},
                     {TOLD, DSR_REL_AUX_PASS},  {DSR_SYNTAX_NONE, DSR_REL_ROOT},
                     {MAYOR, DSR_REL_CASE},     {MAYOR, DSR_REL_DET},
                     {TOLD, DSR_REL_OBL_AGENT}, {RISE, DSR_REL_MARK},
                     {RISE, DSR_REL_NSUBJ},     {RISE, DSR_REL_AUX},
                     {TOLD, DSR_REL_CCOMP},     {TOLD, DSR_REL_PUNCT}};
    uint32_t last[COUNT];
    for (uint32_t i = 0; i < COUNT; i++) {
        t->tokens[i] = (dsr_syntax_token){.head = arcs[i].head, .relation = arcs[i].relation};
        t->first[i] = t->next[i] = last[i] = DSR_SYNTAX_NONE;
    }
    for (uint32_t i = 0; i < COUNT; i++) {
        uint32_t head = arcs[i].head;
        if (head == DSR_SYNTAX_NONE) {
            continue;
        }
        if (last[head] == DSR_SYNTAX_NONE) {
            t->first[head] = i;
        } else {
            t->next[last[head]] = i;
        }
        last[head] = i;
    }
    t->syntax = (dsr_syntax){t->tokens, t->first, t->next, COUNT, TOLD};
}

static void names_lead_there_and_back(void **state)
{
    (void)state;
    for (int i = 0; i < DSR_UPOS_COUNT; i++) {
        assert_int_equal(dsr_upos_find(dsr_upos_name((dsr_upos)i)), i);
    }
    for (int i = 0; i < DSR_XPOS_COUNT; i++) {
        assert_int_equal(dsr_xpos_find(dsr_xpos_name((dsr_xpos)i)), i);
    }
    for (int i = 0; i < DSR_REL_COUNT; i++) {
        assert_int_equal(dsr_relation_find(dsr_relation_name((dsr_relation)i)), i);
    }
    assert_int_equal(dsr_upos_find(DSR_SLICE("NOUNS")), DSR_UPOS_COUNT);
    assert_int_equal(dsr_xpos_find(DSR_SLICE("")), DSR_XPOS_COUNT);
    assert_int_equal(dsr_relation_find(DSR_SLICE("nsubj:")), DSR_REL_COUNT);
    assert_int_equal(dsr_upos_name(DSR_UPOS_COUNT).len, 0);
    assert_true(dsr_slice_equal(dsr_xpos_name(DSR_XPOS_OPEN_QUOTE), DSR_SLICE("``")));
    assert_true(dsr_slice_equal(dsr_xpos_name(DSR_XPOS_PRPS), DSR_SLICE("PRP$")));
    assert_true(dsr_slice_equal(dsr_relation_name(DSR_REL_NSUBJ_PASS), DSR_SLICE("nsubj:pass")));
    assert_true(dsr_slice_equal(dsr_upos_name(DSR_UPOS_SCONJ), DSR_SLICE("SCONJ")));
}

static void subtypes_are_stripped(void **state)
{
    (void)state;
    assert_int_equal(dsr_relation_universal(DSR_REL_NSUBJ_PASS), DSR_REL_NSUBJ);
    assert_int_equal(dsr_relation_universal(DSR_REL_ACL_RELCL), DSR_REL_ACL);
    assert_int_equal(dsr_relation_universal(DSR_REL_NSUBJ), DSR_REL_NSUBJ);
    for (int i = 0; i < DSR_REL_COUNT; i++) {
        assert_true(dsr_relation_universal((dsr_relation)i) < DSR_REL_COUNT);
    }
}

static void children_are_found(void **state)
{
    (void)state;
    made_tree t;
    make_tree(&t);
    assert_int_equal(dsr_syntax_child(&t.syntax, TOLD, DSR_REL_OBL), MAYOR);
    assert_int_equal(dsr_syntax_child(&t.syntax, TOLD, DSR_REL_OBL_AGENT), MAYOR);
    assert_int_equal(dsr_syntax_child(&t.syntax, TOLD, DSR_REL_NSUBJ), SENATORS);
    assert_int_equal(dsr_syntax_child(&t.syntax, RISE, DSR_REL_NSUBJ_PASS), DSR_SYNTAX_NONE);
    assert_int_equal(dsr_syntax_child(&t.syntax, STOP, DSR_REL_DET), DSR_SYNTAX_NONE);
}

static void subjects_and_passives(void **state)
{
    (void)state;
    made_tree t;
    make_tree(&t);
    assert_int_equal(dsr_syntax_subject(&t.syntax, TOLD), SENATORS);
    assert_int_equal(dsr_syntax_subject(&t.syntax, RISE), TAXES);
    assert_int_equal(dsr_syntax_subject(&t.syntax, MAYOR), DSR_SYNTAX_NONE);
    assert_true(dsr_syntax_is_subject(&t.syntax, TAXES));
    assert_false(dsr_syntax_is_subject(&t.syntax, MAYOR));
    assert_true(dsr_syntax_is_passive(&t.syntax, TOLD));
    assert_false(dsr_syntax_is_passive(&t.syntax, RISE));
    t.tokens[SENATORS].relation = DSR_REL_NSUBJ_OUTER;
    assert_int_equal(dsr_syntax_subject(&t.syntax, TOLD), DSR_SYNTAX_NONE);
}

static void expect_subtree(const made_tree *t, uint32_t token, uint32_t start, uint32_t end)
{
    dsr_token_range range = dsr_syntax_subtree(&t->syntax, token);
    assert_int_equal(range.start, start);
    assert_int_equal(range.end, end);
    for (uint32_t i = 0; i < COUNT; i++) {
        if (dsr_syntax_is_below(&t->syntax, i, token)) {
            assert_true(i >= start && i < end);
        }
    }
}

static void subtrees_have_ends(void **state)
{
    (void)state;
    made_tree t;
    make_tree(&t);
    expect_subtree(&t, TOLD, THE, COUNT);
    expect_subtree(&t, RISE, THAT, STOP);
    expect_subtree(&t, MAYOR, BY, THAT);
    expect_subtree(&t, STOP, STOP, COUNT);
    assert_true(dsr_syntax_is_below(&t.syntax, TAXES, TOLD));
    assert_true(dsr_syntax_is_below(&t.syntax, TOLD, TOLD));
    assert_false(dsr_syntax_is_below(&t.syntax, TOLD, TAXES));
}

/* What hangs below a token need not be one run: its ends are those of all of it. */
static void subtrees_may_cross(void **state)
{
    (void)state;
    made_tree t;
    make_tree(&t);
    /* The last child of RISE now hangs on BY, which stands far to the left. */
    t.tokens[WILL].head = BY;
    t.next[TAXES] = DSR_SYNTAX_NONE;
    t.next[WILL] = DSR_SYNTAX_NONE;
    t.first[BY] = WILL;
    expect_subtree(&t, RISE, THAT, STOP);
    expect_subtree(&t, BY, BY, RISE);
    expect_subtree(&t, MAYOR, BY, RISE);
    expect_subtree(&t, TOLD, THE, COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_lead_there_and_back), cmocka_unit_test(subtypes_are_stripped),
        cmocka_unit_test(children_are_found),        cmocka_unit_test(subjects_and_passives),
        cmocka_unit_test(subtrees_have_ends),        cmocka_unit_test(subtrees_may_cross),
    };
    return cmocka_run_group_tests_name("syntax tree", tests, NULL, NULL);
}
