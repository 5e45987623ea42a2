/* Sentences through the model that ships: plain ones are right, odd ones still get tags and a tree. */
#include "support.h"

#include "base/limits.h"

#include <stdio.h>
#include <string.h>

typedef struct world {
    dsr_arena *arena;
    dsr_syntax_model *model;
} world;

static int open_world(void **state)
{
    static world w;
    w.arena = dsr_arena_new(0);
    w.model = open_english();
    *state = &w;
    return w.arena == NULL;
}

static int close_world(void **state)
{
    world *w = *state;
    dsr_syntax_drop(w->model);
    dsr_arena_drop(w->arena);
    return 0;
}

/* One root, every token leads to it, children stand in order and agree with the heads. */
static void expect_tree(const dsr_syntax *s)
{
    size_t roots = 0;
    size_t children = 0;
    for (size_t i = 0; i < s->count; i++) {
        uint32_t at = (uint32_t)i;
        size_t steps = 0;
        roots += s->tokens[i].head == DSR_SYNTAX_NONE;
        assert_true((s->tokens[i].head == DSR_SYNTAX_NONE) == (s->tokens[i].relation == DSR_REL_ROOT));
        assert_true(s->tokens[i].upos < DSR_UPOS_COUNT);
        assert_true(s->tokens[i].xpos < DSR_XPOS_COUNT);
        assert_true(s->tokens[i].relation < DSR_REL_COUNT);
        assert_non_null(s->tokens[i].lemma.ptr);
        while (s->tokens[at].head != DSR_SYNTAX_NONE && steps++ <= s->count) {
            at = s->tokens[at].head;
            assert_true(at < s->count);
        }
        assert_int_equal(at, s->root);
        uint32_t before = 0;
        for (uint32_t c = s->first_child[i]; c != DSR_SYNTAX_NONE; c = s->next_child[c]) {
            assert_true(c >= before);
            assert_int_equal(s->tokens[c].head, i);
            before = c + 1;
            children++;
        }
    }
    assert_int_equal(roots, s->count > 0);
    assert_int_equal(children + roots, s->count);
}

static void expect_lemma(const dsr_syntax *s, uint32_t at, const char *lemma)
{
    if (!dsr_slice_equal(s->tokens[at].lemma, dsr_slice_of(lemma))) {
        fail_msg("lemma %.*s, expected %s", DSR_PRINT(s->tokens[at].lemma), lemma);
    }
}

static void plain_sentences_are_right(void **state)
{
    world *w = *state;
    const char *words = "The minister said that the talks had failed .";
    dsr_syntax s = analyse(w->model, w->arena, words);
    expect_tree(&s);
    uint32_t said = find_word(&s, words, "said");
    uint32_t failed = find_word(&s, words, "failed");
    assert_int_equal(s.root, said);
    assert_int_equal(dsr_syntax_subject(&s, said), find_word(&s, words, "minister"));
    assert_int_equal(dsr_syntax_subject(&s, failed), find_word(&s, words, "talks"));
    assert_int_equal(dsr_syntax_child(&s, said, DSR_REL_CCOMP), failed);
    assert_int_equal(s.tokens[said].xpos, DSR_XPOS_VBD);
    assert_int_equal(s.tokens[said].upos, DSR_UPOS_VERB);
    expect_lemma(&s, said, "say");
    expect_lemma(&s, failed, "fail");
    expect_lemma(&s, find_word(&s, words, "talks"), "talk");
    expect_lemma(&s, find_word(&s, words, "had"), "have");
    expect_lemma(&s, find_word(&s, words, "The"), "the");
}

static void passives_are_told(void **state)
{
    world *w = *state;
    const char *words = "Three soldiers were killed by rebels on Monday .";
    dsr_syntax s = analyse(w->model, w->arena, words);
    uint32_t killed = find_word(&s, words, "killed");
    expect_tree(&s);
    assert_int_equal(s.root, killed);
    assert_true(dsr_syntax_is_passive(&s, killed));
    assert_int_equal(dsr_syntax_subject(&s, killed), find_word(&s, words, "soldiers"));
    assert_int_equal(dsr_syntax_child(&s, killed, DSR_REL_OBL_AGENT), find_word(&s, words, "rebels"));
    assert_int_equal(s.tokens[find_word(&s, words, "Monday")].upos, DSR_UPOS_PROPN);
}

/* A headline in title case is no row of names. */
static void headlines_are_read(void **state)
{
    world *w = *state;
    const char *words = "Government Says Talks With Rebels Have Failed";
    dsr_syntax s = analyse(w->model, w->arena, words);
    uint32_t says = find_word(&s, words, "Says");
    expect_tree(&s);
    assert_int_equal(s.root, says);
    assert_int_equal(s.tokens[says].upos, DSR_UPOS_VERB);
    assert_int_equal(dsr_syntax_child(&s, says, DSR_REL_CCOMP), find_word(&s, words, "Failed"));
    assert_int_equal(s.tokens[find_word(&s, words, "Talks")].upos, DSR_UPOS_NOUN);
}

/* What is reported hangs on the verb, also where a day or a hearer stands between. */
static void reported_speech_is_found(void **state)
{
    world *w = *state;
    const char *words = "Officials told Reuters on Monday that the talks had failed .";
    dsr_syntax s = analyse(w->model, w->arena, words);
    uint32_t told = find_word(&s, words, "told");
    expect_tree(&s);
    assert_int_equal(s.root, told);
    assert_int_equal(dsr_syntax_subject(&s, told), find_word(&s, words, "Officials"));
    assert_int_equal(dsr_syntax_child(&s, told, DSR_REL_IOBJ), find_word(&s, words, "Reuters"));
    assert_int_equal(dsr_syntax_child(&s, told, DSR_REL_CCOMP), find_word(&s, words, "failed"));
}

static void typographic_marks_are_marks(void **state)
{
    world *w = *state;
    const char *words = "“ We wo n’t leave , ” she said .";
    dsr_syntax s = analyse(w->model, w->arena, words);
    expect_tree(&s);
    assert_int_equal(s.tokens[find_word(&s, words, "“")].upos, DSR_UPOS_PUNCT);
    assert_int_equal(s.tokens[find_word(&s, words, "”")].upos, DSR_UPOS_PUNCT);
    assert_int_equal(s.tokens[find_word(&s, words, "wo")].xpos, DSR_XPOS_MD);
    assert_int_equal(s.tokens[find_word(&s, words, "n’t")].upos, DSR_UPOS_PART);
    expect_lemma(&s, find_word(&s, words, "n’t"), "not");
    expect_lemma(&s, find_word(&s, words, "said"), "say");
}

static void odd_sentences_get_trees(void **state)
{
    world *w = *state;
    static const char *const odd[] = {"",
                                      ".",
                                      "x",
                                      "\xc3\xa9",
                                      "of of of of",
                                      "\" \" \" \"",
                                      "( ( ( (",
                                      "THE PM SAYS NO",
                                      "1 2 3",
                                      "\xef\xbf\xbd \xf0\x9f\x98\x80 \xe4\xb8\xad\xe6\x96\x87",
                                      "is is"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        dsr_syntax s = analyse(w->model, w->arena, odd[i]);
        expect_tree(&s);
    }
    dsr_syntax none = {.count = 7};
    assert_int_equal(dsr_syntax_analyse(w->model, w->arena, DSR_SLICE(""), NULL, 0, &none), DSR_OK);
    assert_int_equal(none.count, 0);
    assert_int_equal(none.root, DSR_SYNTAX_NONE);
}

/* A word of 100,000 letters keeps its lemma whole. */
static void long_words_are_whole(void **state)
{
    world *w = *state;
    enum { LETTERS = 100000 };
    char *word = dsr_arena_alloc(w->arena, LETTERS + 1);
    assert_non_null(word);
    memset(word, 'q', LETTERS);
    dsr_syntax s = analyse(w->model, w->arena, word);
    expect_tree(&s);
    assert_true(s.tokens[0].lemma.len + 16 > LETTERS);
}

/* `count` words "and they left ," over and over. */
static const char *repeat_words(dsr_arena *arena, size_t count, bool commas)
{
    static const char *const four[2][4] = {{"and ", "they ", "left ", "it "},
                                           {"and ", "they ", "left ", ", "}};
    char *out = dsr_arena_alloc(arena, count * 5 + 1);
    char *at = out;
    assert_non_null(out);
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(four[commas][i % 4]);
        memcpy(at, four[commas][i % 4], length);
        at += length;
    }
    at[count > 0 ? -1 : 0] = '\0';
    return out;
}

static void long_sentences_are_cut(void **state)
{
    world *w = *state;
    static const size_t counts[] = {DSR_LIMIT_PARSED_TOKENS - 1, DSR_LIMIT_PARSED_TOKENS,
                                    DSR_LIMIT_PARSED_TOKENS + 1, 2 * DSR_LIMIT_PARSED_TOKENS + 3, 20000};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        for (int commas = 0; commas < 2; commas++) {
            dsr_syntax s = analyse(w->model, w->arena, repeat_words(w->arena, counts[i], commas));
            assert_int_equal(s.count, counts[i]);
            size_t roots = 0;
            for (size_t t = 0; t < s.count; t++) {
                roots += s.tokens[t].head == DSR_SYNTAX_NONE;
                assert_true(s.tokens[t].head == DSR_SYNTAX_NONE || s.tokens[t].head < s.count);
            }
            assert_int_equal(roots, 1);
            if (s.count < 1000) {
                expect_tree(&s);
            }
        }
    }
}

static void the_same_twice(void **state)
{
    world *w = *state;
    const char *words = "Police in the capital said that two people had been arrested after the march .";
    dsr_syntax a = analyse(w->model, w->arena, words);
    dsr_syntax b = analyse(w->model, w->arena, words);
    for (size_t i = 0; i < a.count; i++) {
        assert_int_equal(a.tokens[i].head, b.tokens[i].head);
        assert_int_equal(a.tokens[i].relation, b.tokens[i].relation);
        assert_int_equal(a.tokens[i].xpos, b.tokens[i].xpos);
        assert_true(dsr_slice_equal(a.tokens[i].lemma, b.tokens[i].lemma));
    }
}

static void a_wrong_model_is_told(void **state)
{
    (void)state;
    dsr_syntax_model *model = NULL;
    dsr_error error;
    assert_int_equal(dsr_syntax_open("/nowhere/en.syntax", &model, &error), DSR_ERR_NOT_FOUND);
    assert_string_equal(error.subject, "/nowhere/en.syntax");
    dsr_buffer file;
    dsr_buffer_open(&file, 0);
    made_part parts[] = {{"tags", DSR_SLICE("\x00\x00")}};
    make_file(&file, parts, 1);
    assert_int_equal(dsr_syntax_open_bytes(dsr_buffer_slice(&file), "made", &model, &error), DSR_ERR_INPUT);
    assert_string_equal(error.subject, "made");
    assert_non_null(strstr(error.message, "\"rules\""));
    assert_null(model);
    dsr_syntax_drop(NULL);
    dsr_buffer_drop(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_sentences_are_right),
        cmocka_unit_test(passives_are_told),
        cmocka_unit_test(headlines_are_read),
        cmocka_unit_test(reported_speech_is_found),
        cmocka_unit_test(typographic_marks_are_marks),
        cmocka_unit_test(odd_sentences_get_trees),
        cmocka_unit_test(long_words_are_whole),
        cmocka_unit_test(long_sentences_are_cut),
        cmocka_unit_test(the_same_twice),
        cmocka_unit_test(a_wrong_model_is_told),
    };
    return cmocka_run_group_tests_name("syntax analyse", tests, open_world, close_world);
}
