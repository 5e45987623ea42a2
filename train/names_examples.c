/* Prepares documents for the learner of names: words as the tagger will see them, and the labels that they
 * may have. */
#include "names.h"
#include "perceptron.h"
#include "perceptron_parts.h"

#include "base/map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- words ---- */

static bool cut_document(dsr_arena *arena, const dsr_lexicon *lexicon, name_example *example)
{
    dsr_report report = {.text = example->document->text};
    dsr_slice english = DSR_SLICE("en");
    report.meta.language = english;
    if (dsr_language_find_sentences(arena, lexicon, &report) != DSR_OK ||
        DSR_LIST_RESERVE(arena, &example->sentences, report.sentences.count) != DSR_OK) {
        return false;
    }
    for (size_t s = 0; s < report.sentences.count; s++) {
        dsr_tokens tokens = {0};
        if (dsr_language_tokenize(arena, lexicon, english, report.text, report.sentences.items[s], &tokens) !=
            DSR_OK) {
            return false;
        }
        example->sentences.items[example->sentences.count++] =
            (dsr_name_sentence){tokens.items, tokens.count};
    }
    return true;
}

bool make_examples(dsr_arena *arena, const dsr_lexicon *lexicon, const name_documents *documents,
                   name_examples *out)
{
    out->items = must_alloc(documents->count, sizeof *out->items);
    out->count = documents->count;
    size_t number = 0;
    for (size_t i = 0; i < documents->count; i++) {
        name_example *example = &out->items[i];
        number += i > 0 && !documents->items[i].copy;
        *example = (name_example){.document = &documents->items[i], .number = number, .weight = 1.0F};
        if (!cut_document(arena, lexicon, example)) {
            return false;
        }
    }
    return true;
}

/* ---- habits ---- */

typedef struct habit {
    uint32_t lower, small, capital;
} habit;

typedef struct habit_counts {
    dsr_map *places; /* hash of a word -> index */
    DSR_LIST(habit) items;
    dsr_arena *arena;
} habit_counts;

static void count_word(habit_counts *h, dsr_slice word, bool first)
{
    bool capital = word.ptr[0] >= 'A' && word.ptr[0] <= 'Z';
    bool small = word.ptr[0] >= 'a' && word.ptr[0] <= 'z';
    if ((!capital && !small) || (capital && first)) {
        return;
    }
    uint32_t lower = dsr_name_hash_lower(word);
    uint32_t at = 0;
    if (DSR_LIST_RESERVE(h->arena, &h->items, 1) != DSR_OK ||
        dsr_map_intern(h->places, lower, (uint32_t)h->items.count, &at) != DSR_OK) {
        exit(1);
    }
    if (at == h->items.count) {
        h->items.items[h->items.count++] = (habit){.lower = lower};
    }
    h->items.items[at].small += small;
    h->items.items[at].capital += capital;
}

/* Headlines tell nothing of how words are written. */
static bool is_headline(const name_example *example, const dsr_name_sentence *sentence)
{
    size_t capital = 0;
    size_t words = 0;
    for (size_t i = 0; i < sentence->count; i++) {
        char c = example->document->text.ptr[sentence->tokens[i].span.start];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        words += letter;
        capital += letter && c <= 'Z';
    }
    return capital * 2 > words;
}

static void count_example(habit_counts *h, const name_example *example)
{
    for (size_t s = 0; s < example->sentences.count; s++) {
        const dsr_name_sentence *sentence = &example->sentences.items[s];
        bool first = true;
        for (size_t i = 0; !is_headline(example, sentence) && i < sentence->count; i++) {
            const dsr_token *token = &sentence->tokens[i];
            if (token->kind == DSR_TOKEN_WORD) {
                count_word(h, dsr_slice_part(example->document->text, token->span.start, token->span.end),
                           first);
                first = false;
            } else {
                first = first || token->kind == DSR_TOKEN_QUOTE;
            }
        }
    }
}

static uint32_t habit_number(const habit *h)
{
    uint32_t all = h->small + h->capital;
    if (h->capital == 0) {
        return all > 3 ? 1 : 2;
    }
    if (h->small == 0) {
        return all > 3 ? 7 : 6;
    }
    return h->capital * 4 < all ? 3 : h->capital * 4 <= all * 3 ? 4 : 5;
}

void count_habits(const name_examples *examples, unsigned sets, model_file *file)
{
    habit_counts h = {.places = dsr_map_new(1 << 15), .arena = dsr_arena_new(0)};
    for (size_t i = 0; i < examples->count; i++) {
        const name_document *document = examples->items[i].document;
        if (!document->copy && (sets >> document->set & 1) != 0) {
            count_example(&h, &examples->items[i]);
        }
    }
    keyed_number *numbers = must_alloc(h.items.count, sizeof *numbers);
    size_t count = 0;
    for (size_t i = 0; i < h.items.count; i++) {
        const habit *item = &h.items.items[i];
        if (item->small + item->capital > 1) {
            numbers[count++] = (keyed_number){dsr_name_habit_key(item->lower), habit_number(item)};
        }
    }
    model_file_put_numbers(file, "habits", numbers, count);
    free(numbers);
    dsr_map_drop(h.places);
    dsr_arena_drop(h.arena);
}

/* ---- labels ---- */

static const uint32_t all_labels = (UINT32_C(1) << DSR_NAME_LABELS) - 1;

static uint32_t labels_of(unsigned types, size_t place, size_t count)
{
    uint32_t labels = (types & MAY_BE_NONE) != 0 ? 1 : 0;
    for (unsigned type = 0; type < DSR_NAME_TYPES; type++) {
        if ((types >> type & 1) != 0) {
            dsr_name_place where = count == 1           ? DSR_PLACE_SINGLE
                                   : place == 0         ? DSR_PLACE_BEGIN
                                   : place + 1 == count ? DSR_PLACE_END
                                                        : DSR_PLACE_INSIDE;
            labels |= UINT32_C(1) << dsr_name_label((dsr_name_type)type, where);
        }
    }
    return labels;
}

/* Words that the span touches get its labels; where it cuts words, any. False then. */
static bool allow_span(name_example *example, const known_span *span, size_t *at)
{
    const dsr_name_text *text = &example->words;
    while (*at < text->count && text->words[*at].span.end <= span->span.start) {
        ++*at;
    }
    size_t end = *at;
    while (end < text->count && text->words[end].span.start < span->span.end) {
        end++;
    }
    if (end == *at) {
        return true;
    }
    bool whole =
        text->words[*at].span.start == span->span.start && text->words[end - 1].span.end == span->span.end;
    bool any = !whole || (span->types & MAY_BE_ANY) != 0;
    for (size_t i = *at; i < end; i++) {
        example->allowed[i] = any ? all_labels : labels_of(span->types, i - *at, end - *at);
    }
    return whole;
}

static void allow_demonyms(name_example *example)
{
    uint32_t norp = 0;
    for (unsigned place = 0; place < 4; place++) {
        norp |= UINT32_C(1) << dsr_name_label(DSR_NAME_NORP, (dsr_name_place)place);
    }
    for (size_t i = 0; i < example->words.count; i++) {
        const dsr_name_word *word = &example->words.words[i];
        bool demonym = ((word->lists | word->phrase) & DSR_GAZETTEER_DEMONYM) != 0;
        if (demonym && word->shape != DSR_SHAPE_LOWER && example->allowed[i] == 1) {
            example->allowed[i] = norp;
        }
    }
}

bool prepare_examples(dsr_arena *arena, const dsr_number_table *habits, const dsr_gazetteer *gazetteer,
                      name_examples *examples)
{
    size_t cut[SETS] = {0};
    size_t all[SETS] = {0};
    size_t words[SETS] = {0};
    size_t lost[SETS] = {0};
    for (size_t e = 0; e < examples->count; e++) {
        name_example *example = &examples->items[e];
        const name_document *document = example->document;
        dsr_name_input input = {document->text, example->sentences.items, example->sentences.count};
        if (dsr_name_prepare(arena, habits, gazetteer, &input, &example->words) != DSR_OK) {
            return false;
        }
        example->allowed = dsr_arena_alloc_array(arena, example->words.count + 1, sizeof *example->allowed);
        example->first = dsr_arena_alloc_array(arena, example->words.count + 1, 1);
        if (example->allowed == NULL || example->first == NULL) {
            return false;
        }
        for (size_t i = 0; i < example->words.count; i++) {
            example->allowed[i] = 1;
        }
        size_t at = 0;
        for (size_t i = 0; i < document->spans.count; i++) {
            cut[document->set] += !allow_span(example, &document->spans.items[i], &at);
        }
        all[document->set] += document->spans.count;
        words[document->set] += example->words.count;
        for (size_t i = 0; i < example->words.count; i++) {
            lost[document->set] += !example->words.words[i].active && (example->allowed[i] & 1) == 0;
        }
        if (!document->demonyms_known) {
            allow_demonyms(example);
        }
    }
    for (unsigned s = 0; s < SETS; s++) {
        printf("  set %u: %zu words, %zu names, %zu cut, %zu words out of reach\n", s, words[s], all[s],
               cut[s], lost[s]);
    }
    return true;
}
