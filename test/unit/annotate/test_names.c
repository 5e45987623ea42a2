/* Names in reports, with the weights of models/: what is clear must come out, exactly; and whatever goes in,
 * the names are in order, within their sentences, without white space at their ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "annotate/name_parts.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "no_memory.h"

#define MODEL DSR_DATA_FOLDER "/../models/en.names"

typedef struct world {
    dsr_arena *arena;
    dsr_lexicon *lexicon;
    dsr_gazetteer *gazetteer;
    dsr_name_model *model;
} world;

static int world_open(void **state)
{
    static world w;
    w.arena = dsr_arena_new(0);
    dsr_error error;
    if (w.arena == NULL || dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &w.lexicon, &error) != DSR_OK ||
        dsr_gazetteer_open(DSR_DATA_FOLDER, NULL, &w.gazetteer, &error) != DSR_OK ||
        dsr_names_open(MODEL, &w.model, &error) != DSR_OK) {
        fprintf(stderr, "%s: %s\n", error.subject, error.message);
        return -1;
    }
    *state = &w;
    return 0;
}

static int world_close(void **state)
{
    world *w = *state;
    dsr_names_drop(w->model);
    dsr_names_drop(NULL);
    dsr_gazetteer_drop(w->gazetteer);
    dsr_lexicon_close(w->lexicon);
    dsr_arena_drop(w->arena);
    return 0;
}

/* ---- help ---- */

typedef dsr_name_input cut;

static cut cut_text(world *w, dsr_slice text)
{
    dsr_report report = {.text = text};
    report.meta.language = DSR_SLICE("en");
    assert_int_equal(dsr_language_find_sentences(w->arena, w->lexicon, &report), DSR_OK);
    dsr_name_sentence *sentences = dsr_arena_alloc_array(w->arena, report.sentences.count, sizeof *sentences);
    assert_non_null(sentences);
    cut c = {text, sentences, report.sentences.count};
    for (size_t i = 0; i < c.count; i++) {
        dsr_tokens tokens = {0};
        assert_int_equal(dsr_language_tokenize(w->arena, w->lexicon, DSR_SLICE("en"), text,
                                               report.sentences.items[i], &tokens),
                         DSR_OK);
        sentences[i] = (dsr_name_sentence){tokens.items, tokens.count};
    }
    return c;
}

static dsr_names find(world *w, dsr_slice text)
{
    cut c = cut_text(w, text);
    dsr_names names = {0};
    assert_int_equal(dsr_names_find(w->model, w->gazetteer, w->arena, &c, &names), DSR_OK);
    return names;
}

/* The text with its names in brackets: "[PER Ada Stone] went". */
static void names_are(world *w, const char *expected)
{
    char plain[2048];
    char shown[4096];
    size_t length = 0;
    for (const char *p = expected; *p != '\0'; p++) {
        if (*p == '[') {
            p = strchr(p, ' ');
        } else if (*p != ']') {
            plain[length++] = *p;
        }
    }
    dsr_names names = find(w, (dsr_slice){plain, length});
    size_t used = 0;
    size_t at = 0;
    for (size_t i = 0; i < names.count; i++) {
        dsr_span span = names.items[i].span;
        used += (size_t)snprintf(shown + used, sizeof shown - used, "%.*s[%s %.*s]", (int)(span.start - at),
                                 plain + at, dsr_name_type_name(names.items[i].type),
                                 (int)(span.end - span.start), plain + span.start);
        at = span.end;
        assert_int_equal(names.items[i].entity, DSR_NO_ENTITY);
        assert_int_equal(names.items[i].metonym_for, DSR_NO_ENTITY);
    }
    snprintf(shown + used, sizeof shown - used, "%.*s", (int)(length - at), plain + at);
    assert_string_equal(shown, expected);
}

/* ---- what is clear ---- */

static void titles_articles_and_possessives_stay_outside(void **state)
{
    world *w = *state;
    names_are(w, "Prime Minister [PER Amina Diallo] met Mr [PER Kowalski] in [GPE Kenya]'s capital.");
    names_are(w, "The [GPE U.S.] said on Monday that [PER Sergei Ivanchuk] would visit [GPE Paris].");
    names_are(w, "The [ORG World Health Organization] praised the [NORP French] doctors.");
    names_are(w, "He told the [ORG Ministry of Health and Social Affairs] in [GPE Nairobi] about it.");
}

static void forms_of_address_stay_outside(void **state)
{
    names_are(*state, "Mr. [PER Obama] and Mr. [PER Xi] met in [GPE Beijing] on Monday.");
    names_are(*state, "But Mrs. [PER Clinton] left. And Mrs. [PER Clinton] wept.");
    names_are(*state, "King [PER Charles III] spoke to Prince [PER Harry] and Pope [PER Francis].");
    names_are(*state, "President [PER Xi] met Premier [PER Li] in [GPE Beijing] on Monday.");
    names_are(*state, "[PER PUTIN] MEETS [PER MERKEL] IN [GPE MOSCOW]. [PER Vladimir Putin] met [PER Angela "
                      "Merkel] in [GPE Moscow] on Monday.");
}

static void spaced_text_has_the_same_names(void **state)
{
    world *w = *state;
    names_are(w, "Officials from [GPE France] met [PER Amina Diallo] ' s aides in [GPE Kenya] .");
    names_are(w, "[PER Kim Min - jun] , the finance minister of [GPE South Korea] , resigned on Friday .");
}

static void headlines_are_read(void **state)
{
    world *w = *state;
    names_are(w, "[GPE FRANCE] WARNS [GPE IRAN] OVER TALKS IN [GPE GENEVA]");
    names_are(w, "[GPE France] Warns [GPE Iran] Over New Talks in [GPE Geneva]");
}

static void small_words_are_no_names(void **state)
{
    world *w = *state;
    names_are(w,
              "The minister said on Tuesday that nobody was hurt. It rained. However, the road was closed.");
    names_are(w, "");
    names_are(w, "   ");
}

static void a_name_is_remembered(void **state)
{
    world *w = *state;
    names_are(w,
              "[PER Tomasz Wrzos], the mayor of [GPE Lublin], resigned on Monday.\n\nAsked about the bridge, "
              "[PER Wrzos] refused to answer.\n\n[PER Wrzos] will leave in May.");
    names_are(w, "The [ORG National Unity Movement] ([ORG NUM]) won the vote.\n\nSupporters of the [ORG NUM] "
                 "danced in the streets.");
}

/* ---- what must always hold ---- */

static void check_names(dsr_slice text, const cut *c, const dsr_names *names)
{
    uint32_t at = 0;
    size_t s = 0;
    for (size_t i = 0; i < names->count; i++) {
        dsr_name name = names->items[i];
        assert_true(name.span.start >= at && name.span.end > name.span.start && name.span.end <= text.len);
        assert_true(name.type < DSR_NAME_TYPES);
        assert_false(dsr_is_space((unsigned char)text.ptr[name.span.start]));
        assert_false(dsr_is_space((unsigned char)text.ptr[name.span.end - 1]));
        while (s < c->count &&
               (c->sentences[s].count == 0 ||
                c->sentences[s].tokens[c->sentences[s].count - 1].span.end <= name.span.start)) {
            s++;
        }
        assert_true(s < c->count);
        assert_true(name.span.start >= c->sentences[s].tokens[0].span.start);
        assert_true(name.span.end <= c->sentences[s].tokens[c->sentences[s].count - 1].span.end);
        at = name.span.end;
    }
}

static void check_text(world *w, dsr_slice text)
{
    cut c = cut_text(w, text);
    dsr_names names = {0};
    dsr_names again = {0};
    assert_int_equal(dsr_names_find(w->model, w->gazetteer, w->arena, &c, &names), DSR_OK);
    assert_int_equal(dsr_names_find(w->model, w->gazetteer, w->arena, &c, &again), DSR_OK);
    check_names(text, &c, &names);
    assert_int_equal(names.count, again.count);
    for (size_t i = 0; i < names.count; i++) {
        assert_memory_equal(&names.items[i].span, &again.items[i].span, sizeof(dsr_span));
        assert_int_equal(names.items[i].type, again.items[i].type);
    }
}

static void any_text_gives_sound_names(void **state)
{
    world *w = *state;
    static const char *const pieces[] = {"A",    "Mr ",  "Bank of ", "'s", "’",        "(",  ")",   "U.S. ",
                                         "É",    "\n\n", " ",        ".",  "中",       "-",  "AB",  "\"",
                                         "the ", "x",    "7th ",     "İ",  "\xcc\x81", ", ", "@a ", "&"};
    uint64_t seed = 7;
    for (size_t round = 0; round < 400; round++) {
        char text[512];
        size_t length = 0;
        size_t many = dsr_hash_mix(seed++) % 60;
        for (size_t i = 0; i < many; i++) {
            const char *piece = pieces[dsr_hash_mix(seed++) % (sizeof pieces / sizeof *pieces)];
            memcpy(text + length, piece, strlen(piece));
            length += strlen(piece);
        }
        check_text(w, (dsr_slice){text, length});
    }
}

/* A text of `count` times `piece`. */
static dsr_slice repeat(world *w, const char *piece, size_t count)
{
    size_t length = strlen(piece);
    char *bytes = dsr_arena_alloc_array(w->arena, count, length);
    assert_non_null(bytes);
    for (size_t i = 0; i < count; i++) {
        memcpy(bytes + i * length, piece, length);
    }
    return (dsr_slice){bytes, count * length};
}

/* A sentence that turns round and round is tagged as one name here and there. */
static void no_name_is_as_long_as_a_paragraph(void **state)
{
    world *w = *state;
    static const char *const turns[] = {"He said that ", "Grand Hotel Of The ", "New "};
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        dsr_buffer text;
        dsr_buffer_open(&text, 0);
        for (unsigned n = 0; n < 9000; n++) {
            dsr_buffer_append(&text, dsr_slice_of(turns[i]));
        }
        dsr_names names = find(w, dsr_buffer_slice(&text));
        for (size_t k = 0; k < names.count; k++) {
            assert_true(names.items[k].span.end - names.items[k].span.start < 1000);
        }
        dsr_buffer_drop(&text);
    }
}

static void long_texts_are_read_in_stretches(void **state)
{
    world *w = *state;
    check_text(w, repeat(w, "Amina Diallo went to Kenya. ", DSR_LIMIT_NAME_WINDOW / 6 + 1));
    /* One sentence, shorter and longer than a stretch. */
    dsr_slice text = repeat(w, "Kenya ", DSR_LIMIT_NAME_WINDOW * 2 + 10);
    size_t many = DSR_LIMIT_NAME_WINDOW * 2 + 10;
    dsr_token *tokens = dsr_arena_alloc_array(w->arena, many, sizeof *tokens);
    assert_non_null(tokens);
    for (size_t i = 0; i < many; i++) {
        tokens[i] = (dsr_token){{(uint32_t)i * 6, (uint32_t)i * 6 + 5}, DSR_TOKEN_WORD, true, false};
    }
    const size_t counts[] = {DSR_LIMIT_NAME_WINDOW, DSR_LIMIT_NAME_WINDOW + 1, many};
    for (size_t i = 0; i < 3; i++) {
        dsr_name_sentence sentences[] = {{NULL, 0}, {tokens, counts[i]}, {NULL, 0}};
        cut c = {text, sentences, 3};
        dsr_names names = {0};
        assert_int_equal(dsr_names_find(w->model, w->gazetteer, w->arena, &c, &names), DSR_OK);
        check_names(text, &c, &names);
    }
}

/* ---- the best path ---- */

static void paths_never_break_a_name(void **state)
{
    (void)state;
    enum { WORDS = 40 };
    static dsr_name_steps steps;
    static int32_t scores[WORDS][DSR_NAME_LABELS];
    static uint8_t room[WORDS * DSR_NAME_LABELS];
    dsr_name_word words[WORDS];
    memset(words, 0, sizeof words);
    uint64_t seed = 1;
    for (size_t round = 0; round < 300; round++) {
        size_t count = 1 + round % WORDS;
        for (size_t i = 0; i < count; i++) {
            words[i].step = (uint8_t)(dsr_hash_mix(seed++) % DSR_NAME_STEPS);
            for (size_t y = 0; y < DSR_NAME_LABELS; y++) {
                scores[i][y] = (int32_t)(dsr_hash_mix(seed++) % 2001) - 1000;
            }
        }
        uint8_t labels[WORDS];
        dsr_name_best_path(&steps, (const int32_t(*)[DSR_NAME_LABELS])scores, words, count, room, labels);
        unsigned before = 0;
        for (size_t i = 0; i < count; i++) {
            assert_true(labels[i] < DSR_NAME_LABELS);
            assert_true(dsr_name_may_follow(before, labels[i]));
            before = labels[i];
        }
        assert_false(dsr_name_is_open(before));
    }
}

static void the_best_path_is_best(void **state)
{
    (void)state;
    static dsr_name_steps steps;
    int32_t scores[2][DSR_NAME_LABELS] = {{0}};
    dsr_name_word words[2];
    memset(words, 0, sizeof words);
    uint8_t room[2 * DSR_NAME_LABELS];
    uint8_t labels[2];
    unsigned begin = dsr_name_label(DSR_NAME_ORG, DSR_PLACE_BEGIN);
    unsigned end = dsr_name_label(DSR_NAME_ORG, DSR_PLACE_END);
    unsigned single = dsr_name_label(DSR_NAME_PER, DSR_PLACE_SINGLE);
    scores[0][begin] = 5;
    scores[1][end] = 5;
    scores[0][single] = 8;
    dsr_name_best_path(&steps, (const int32_t(*)[DSR_NAME_LABELS])scores, words, 2, room, labels);
    assert_int_equal(labels[0], begin);
    assert_int_equal(labels[1], end);
    steps.scores[0][single][0] = 3;
    dsr_name_best_path(&steps, (const int32_t(*)[DSR_NAME_LABELS])scores, words, 2, room, labels);
    assert_int_equal(labels[0], single);
    assert_int_equal(labels[1], 0);
    steps.scores[0][single][0] = 0;
}

/* ---- files and memory ---- */

static void bad_models_are_named(void **state)
{
    (void)state;
    dsr_name_model *model = NULL;
    dsr_error error;
    assert_int_equal(dsr_names_open(DSR_DATA_FOLDER "/no-such-model", &model, &error), DSR_ERR_NOT_FOUND);
    assert_non_null(strstr(error.subject, "no-such-model"));
    FILE *f = fopen(MODEL, "rb");
    assert_non_null(f);
    enum { PART = 4 << 20 };
    char *bytes = malloc(PART);
    assert_non_null(bytes);
    size_t length = fread(bytes, 1, PART, f);
    fclose(f);
    for (size_t cut_at = 0; cut_at < length; cut_at += length / 7) {
        assert_int_equal(dsr_names_open_bytes((dsr_slice){bytes, cut_at}, "cut", &model, &error),
                         DSR_ERR_INPUT);
        assert_string_equal(error.subject, "cut");
    }
    bytes[length / 2] ^= 1;
    assert_int_equal(dsr_names_open_bytes((dsr_slice){bytes, length}, "bent", &model, &error), DSR_ERR_INPUT);
    bytes[length / 2] ^= 1;
    bytes[8]++;
    assert_int_equal(dsr_names_open_bytes((dsr_slice){bytes, length}, "other", &model, &error),
                     DSR_ERR_VERSION);
    assert_null(model);
    free(bytes);
}

static void each_allocation(void **state)
{
    world *w = *state;
    dsr_slice text =
        DSR_SLICE("Amina Diallo went to Kenya. The World Health Organization (WHO) praised her.");
    cut c = cut_text(w, text);
    bool done = false;
    for (long n = 0; n < 1000 && !done; n++) {
        dsr_arena *arena = dsr_arena_new(64);
        assert_non_null(arena);
        dsr_names names = {0};
        calls_left = n;
        dsr_status status = dsr_names_find(w->model, w->gazetteer, arena, &c, &names);
        calls_left = -1;
        done = status == DSR_OK;
        assert_true(done || status == DSR_ERR_MEMORY);
        assert_true(done || names.items == NULL);
        dsr_arena_drop(arena);
    }
    assert_true(done);
    done = false;
    for (long n = 0; n < 100 && !done; n++) {
        dsr_name_model *model = NULL;
        calls_left = n;
        dsr_status status = dsr_names_open(MODEL, &model, NULL);
        calls_left = -1;
        done = status == DSR_OK;
        assert_true(done || model == NULL);
        dsr_names_drop(model);
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles_articles_and_possessives_stay_outside),
        cmocka_unit_test(forms_of_address_stay_outside),
        cmocka_unit_test(spaced_text_has_the_same_names),
        cmocka_unit_test(headlines_are_read),
        cmocka_unit_test(small_words_are_no_names),
        cmocka_unit_test(a_name_is_remembered),
        cmocka_unit_test(any_text_gives_sound_names),
        cmocka_unit_test(no_name_is_as_long_as_a_paragraph),
        cmocka_unit_test(long_texts_are_read_in_stretches),
        cmocka_unit_test(paths_never_break_a_name),
        cmocka_unit_test(the_best_path_is_best),
        cmocka_unit_test(bad_models_are_named),
        cmocka_unit_test(each_allocation),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
