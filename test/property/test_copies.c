/* What must hold of copied text: what was planted is found, what was not is not, and it does not matter who
 * is asked first. */
#include "compare/compare.h"
#include "random_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROUNDS = 200, MANY = 60 };

typedef struct texts {
    dsr_arena *arena;
    const dsr_lexicon *lexicon;
    dsr_report reports[MANY];
    dsr_compare_text *prepared[MANY];
    unsigned count;
} texts;

static int open_lexicon(void **state)
{
    dsr_lexicon *lexicon = NULL;
    if (dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &lexicon, NULL) != DSR_OK) {
        return -1;
    }
    *state = lexicon;
    return 0;
}

static int close_lexicon(void **state)
{
    dsr_lexicon_close(*state);
    return 0;
}

static void open_texts(texts *made, const dsr_lexicon *lexicon)
{
    memset(made, 0, sizeof *made);
    made->lexicon = lexicon;
    made->arena = dsr_arena_new(0);
    assert_non_null(made->arena);
}

static void add_text(texts *made, dsr_buffer *text)
{
    dsr_report *report = &made->reports[made->count];
    assert_int_equal(text->status, DSR_OK);
    assert_int_equal(dsr_arena_copy(made->arena, dsr_buffer_slice(text), &report->text), DSR_OK);
    report->meta.language = DSR_SLICE("en");
    report->source.path = DSR_SLICE("text");
    assert_int_equal(dsr_compare_prepare(made->arena, report, &made->prepared[made->count]), DSR_OK);
    made->count++;
    dsr_buffer_drop(text);
}

/* `before` words, then the words of `planted`, then `after` words. */
static void add_around(texts *made, random_source *random, unsigned before, uint64_t planted, unsigned length,
                       unsigned after)
{
    random_source of_passage = {planted};
    dsr_buffer text;
    dsr_buffer_open(&text, 0);
    random_words(random, &text, before);
    dsr_buffer_append_char(&text, '\n');
    random_words(&of_passage, &text, length);
    dsr_buffer_append_char(&text, '\n');
    random_words(random, &text, after);
    add_text(made, &text);
}

static bool compare(texts *made, unsigned a, unsigned b, dsr_reuse *out)
{
    bool found = false;
    memset(out, 0, sizeof *out);
    assert_int_equal(
        dsr_compare_pair(made->arena, made->lexicon, made->prepared[a], made->prepared[b], &found, out),
        DSR_OK);
    return found;
}

static void planted_passages_are_found(void **state)
{
    for (uint64_t i = 0; i < ROUNDS; i++) {
        random_source random = {i * 7919};
        unsigned length = 30 + random_below(&random, 120);
        texts made;
        dsr_reuse there, back;
        open_texts(&made, *state);
        add_around(&made, &random, 50 + random_below(&random, 100), i + 1000000, length,
                   random_below(&random, 100) + 1);
        add_around(&made, &random, 1 + random_below(&random, 300), i + 1000000, length,
                   random_below(&random, 300) + 1);
        assert_true(compare(&made, 0, 1, &there));
        assert_true(compare(&made, 1, 0, &back));
        assert_in_range(there.words, length - 1, length + 2);
        assert_int_equal(there.words, back.words);
        assert_int_equal(there.passages.count, back.passages.count);
        dsr_arena_drop(made.arena);
    }
}

static void nothing_is_found_where_nothing_was_planted(void **state)
{
    for (uint64_t i = 0; i < ROUNDS; i++) {
        random_source random = {i * 104729};
        texts made;
        dsr_reuse reuse;
        open_texts(&made, *state);
        add_around(&made, &random, 100, 2 * i + 5000000, 100, 100);
        add_around(&made, &random, 100, 2 * i + 5000001, 100, 100);
        assert_false(compare(&made, 0, 1, &reuse));
        dsr_arena_drop(made.arena);
    }
}

/* Passages lie in their texts, do not overlap, and edits lie in their passages. */
static void check_places(const texts *made, const dsr_reuse *reuse)
{
    const dsr_report *from = &made->reports[reuse->from], *to = &made->reports[reuse->to];
    uint32_t last = 0, words = 0;
    for (size_t i = 0; i < reuse->passages.count; i++) {
        const dsr_passage *passage = &reuse->passages.items[i];
        assert_true(passage->from.start >= last && passage->from.start < passage->from.end);
        assert_true(passage->from.end <= from->text.len);
        assert_true(passage->to.start < passage->to.end && passage->to.end <= to->text.len);
        for (size_t k = 0; k < passage->edits.count; k++) {
            const dsr_edit *edit = &passage->edits.items[k];
            assert_true(edit->from.start >= passage->from.start && edit->from.end <= passage->from.end);
            assert_true(edit->to.start >= passage->to.start && edit->to.end <= passage->to.end);
            assert_true(edit->from.start < edit->from.end || edit->to.start < edit->to.end);
        }
        last = passage->from.end;
        words += passage->words;
    }
    assert_in_range(reuse->words, 1, words); /* a text carried twice counts once */
    assert_true(dsr_reuse_share_of_from(reuse) <= 1000 && dsr_reuse_share_of_to(reuse) <= 1000);
}

/* The second text is the first with every word replaced at a chance of one in `rarity`. */
static void add_edited(texts *made, random_source *random, unsigned rarity)
{
    dsr_buffer first, second;
    dsr_buffer_open(&first, 0);
    dsr_buffer_open(&second, 0);
    random_words(random, &first, 300);
    dsr_slice rest = dsr_buffer_slice(&first), word;
    while (dsr_slice_next_field(&rest, ' ', &word)) {
        bool edit = random_below(random, rarity) == 0;
        dsr_buffer_append(&second, edit ? DSR_SLICE("changed") : word);
        dsr_buffer_append_char(&second, ' ');
    }
    add_text(made, &first);
    add_text(made, &second);
}

static void edited_copies_keep_their_places(void **state)
{
    for (uint64_t i = 0; i < ROUNDS; i++) {
        random_source random = {i * 15485863};
        texts made;
        dsr_reuse reuse;
        open_texts(&made, *state);
        add_edited(&made, &random, 12 + random_below(&random, 40));
        assert_true(compare(&made, 0, 1, &reuse));
        check_places(&made, &reuse);
        assert_true(reuse.words > 100);
        dsr_arena_drop(made.arena);
    }
}

/* All pairs that the index names, with the texts added in the order first, first + step, ... */
static size_t pairs_of(const texts *made, unsigned step, dsr_copy_pair **pairs)
{
    size_t count = 0;
    dsr_copy_index *index = dsr_copy_index_new();
    assert_non_null(index);
    for (unsigned i = 0; i < made->count; i++) {
        unsigned number = i * step % made->count;
        dsr_fingerprints prints;
        assert_int_equal(dsr_fingerprints_take(made->prepared[number], &prints), DSR_OK);
        assert_int_equal(dsr_copy_index_add(index, number, &prints), DSR_OK);
        dsr_fingerprints_drop(&prints);
    }
    assert_int_equal(dsr_copy_index_pairs(index, pairs, &count), DSR_OK);
    dsr_copy_index_drop(index);
    return count;
}

static void the_index_names_what_was_planted_in_any_order(void **state)
{
    random_source random = {42};
    texts made;
    open_texts(&made, *state);
    for (unsigned i = 0; i < MANY; i++) {
        add_around(&made, &random, 100, 9000000 + i / 2, 40,
                   100); /* 0 and 1 share one passage, 2 and 3 another ... */
    }
    dsr_copy_pair *pairs = NULL, *again = NULL;
    size_t count = pairs_of(&made, 1, &pairs);
    assert_int_equal(count, MANY / 2);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(pairs[i].first, 2 * i);
        assert_int_equal(pairs[i].second, 2 * i + 1);
    }
    assert_int_equal(pairs_of(&made, 7, &again), count);
    assert_memory_equal(pairs, again, count * sizeof *pairs);
    free(pairs);
    free(again);
    dsr_arena_drop(made.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planted_passages_are_found),
        cmocka_unit_test(nothing_is_found_where_nothing_was_planted),
        cmocka_unit_test(edited_copies_keep_their_places),
        cmocka_unit_test(the_index_names_what_was_planted_in_any_order),
    };
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
