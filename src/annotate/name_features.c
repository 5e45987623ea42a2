/* What the name tagger looks at: a word, its neighbours, the run of capitals it stands in, the lists it
 * stands in; and, in the second pass, how the same words were labelled elsewhere in the report. Must not know
 * weights. */
#include "annotate/name_parts.h"

/* A window of a sentence: positions outside it are "nothing". */
typedef struct window {
    const dsr_name_text *text;
    size_t start, end; /* of the sentence */
    uint64_t *out;
    size_t count;
    uint64_t template;
} window;

static const dsr_name_word nothing = {.lower = 1, .head = 1, .tail = 1};

static const dsr_name_word *word_at(const window *w, size_t at, int by)
{
    size_t place = at + (size_t)(ptrdiff_t)by;
    return place >= w->start && place < w->end ? &w->text->words[place] : &nothing;
}

/* Each call is a template of its own: their order numbers them. */
static void add(window *w, uint64_t value)
{
    w->template += UINT64_C(0xd6e8feb86659fd93);
    w->out[w->count++] = dsr_feature_add(w->template, value);
}

static void add_two(window *w, uint64_t a, uint64_t b)
{
    w->template += UINT64_C(0xd6e8feb86659fd93);
    w->out[w->count++] = dsr_feature_add(dsr_feature_add(w->template, a), b);
}

static void add_three(window *w, uint64_t a, uint64_t b, uint64_t c)
{
    w->template += UINT64_C(0xd6e8feb86659fd93);
    w->out[w->count++] = dsr_feature_add(dsr_feature_add(dsr_feature_add(w->template, a), b), c);
}

/* One template, a feature a bit. */
static void add_bits(window *w, uint32_t bits, uint64_t with)
{
    w->template += UINT64_C(0xd6e8feb86659fd93);
    for (; bits != 0; bits &= bits - 1) {
        w->out[w->count++] =
            dsr_feature_add(dsr_feature_add(w->template, (uint64_t)__builtin_ctz(bits)), with);
    }
}

static uint64_t ending(const dsr_name_word *word, unsigned bytes)
{
    return word->tail & ((UINT64_C(1) << (8 * bytes)) - 1);
}

static unsigned cap_at(size_t n, unsigned most)
{
    return n < most ? (unsigned)n : most;
}

/* How the word is written, in one number. */
static uint32_t look_of(const dsr_name_word *word)
{
    return (uint32_t)word->shape << 8 | (uint32_t)word->first << 7 | (uint32_t)word->habit << 3 | word->here;
}

static void add_spelling(window *w, size_t at)
{
    const dsr_name_word *word = word_at(w, at, 0);
    add_two(w, word->lower, word->shape);
    add(w, word->lower);
    add(w, ending(word, 2));
    add(w, ending(word, 3));
    add(w, ending(word, 4));
    add(w, word->head >> 8);
    add(w, word->head);
    add_two(w, word->shape, cap_at(word->letters, 6));
    add(w, look_of(word));
    add_two(w, word->habit, word->shape);
}

static void add_neighbours(window *w, size_t at)
{
    const dsr_name_word *here = word_at(w, at, 0);
    const dsr_name_word *before = word_at(w, at, -1);
    const dsr_name_word *after = word_at(w, at, 1);
    const dsr_name_word *before2 = word_at(w, at, -2);
    const dsr_name_word *after2 = word_at(w, at, 2);
    add(w, before->lower);
    add(w, after->lower);
    add(w, before2->lower);
    add(w, after2->lower);
    add_two(w, before->lower, here->lower);
    add_two(w, here->lower, after->lower);
    add_two(w, before2->lower, before->lower);
    add_two(w, after->lower, after2->lower);
    add_two(w, before->lower, here->shape);
    add_two(w, after->lower, here->shape);
    add_three(w, before->shape, here->shape, after->shape);
    add_three(w, before2->shape, before->shape, here->shape);
    add_three(w, here->shape, after->shape, after2->shape);
    add_two(w, ending(before, 3), before->shape);
    add_two(w, ending(after, 3), after->shape);
    add_two(w, look_of(before), look_of(here));
    add_two(w, look_of(here), look_of(after));
}

/* The run of capitals around the word, and what stands before and behind it. */
static void add_run(window *w, size_t at)
{
    const dsr_name_word *here = word_at(w, at, 0);
    const dsr_name_word *first = &w->text->words[here->run_first];
    const dsr_name_word *last = &w->text->words[here->run_last];
    const dsr_name_word *left = word_at(w, here->run_first, -1);
    const dsr_name_word *left2 = word_at(w, here->run_first, -2);
    const dsr_name_word *right = word_at(w, here->run_last, 1);
    const dsr_name_word *right2 = word_at(w, here->run_last, 2);
    uint64_t place = cap_at(at - here->run_first, 3) * 4u + cap_at(here->run_last - at, 3);
    add(w, place);
    add_two(w, first->lower, cap_at(at - here->run_first, 2));
    add_two(w, last->lower, cap_at(here->run_last - at, 2));
    add_two(w, left->lower, place);
    add_two(w, right->lower, place);
    add_two(w, left->lower, left2->lower);
    add_two(w, right->lower, right2->lower);
    add_two(w, left->lower, right->lower);
    add_two(w, left->lower, place | (uint64_t)here->shape << 8);
    add_two(w, ending(right, 2), right2->lower);
    add_bits(w, first->lists, cap_at(at - here->run_first, 2));
    add_bits(w, last->lists, cap_at(here->run_last - at, 2));
    add_bits(w, left->lists, place);
    add_two(w, right->lists, place);
    add_two(w, right2->lists, right->lower);
    add_two(w, first->lists, last->lists);
}

/* What stands near the word where it stands elsewhere in the report (context aggregation; Ratinov and Roth,
 * 2009). */
static void add_elsewhere(window *w, size_t at)
{
    enum { OTHERS = 4 };
    const dsr_name_text *text = w->text;
    size_t other = text->words[at].others;
    uint64_t template = w->template;
    for (unsigned i = 0; i < OTHERS && other != at; i++, other = text->words[other].others) {
        const dsr_name_word *word = &text->words[other];
        const dsr_name_word *left = word->run_first > 0 ? &text->words[word->run_first - 1] : &nothing;
        const dsr_name_word *right =
            word->run_last + 1 < text->count ? &text->words[word->run_last + 1] : &nothing;
        const dsr_name_word *right2 =
            word->run_last + 2 < text->count ? &text->words[word->run_last + 2] : &nothing;
        unsigned place = cap_at(other - word->run_first, 2) * 3u + cap_at(word->run_last - other, 2);
        w->template = template;
        add_two(w, left->lower, place);
        add_two(w, right->lower, place);
        add_two(w, right->lower, right2->lower);
        add_two(w, left->lists, place);
        add_two(w, text->words[word->run_first].lower, place);
        add_two(w, text->words[word->run_last].lower, place);
        add_two(w, text->words[word->run_last].lists, text->words[word->run_first].lists);
    }
    w->template = template + 16 * UINT64_C(0xd6e8feb86659fd93);
}

/* A role near the run: "X, the mayor of", "the mayor, X". */
static void add_roles(window *w, size_t at)
{
    enum { REACH = 7, ROLES = DSR_GAZETTEER_ROLE | DSR_GAZETTEER_TITLE | DSR_GAZETTEER_KIN };
    const dsr_name_word *here = word_at(w, at, 0);
    const dsr_name_word *right = word_at(w, here->run_last, 1);
    const dsr_name_word *left = word_at(w, here->run_first, -1);
    unsigned after = 0;
    unsigned before = 0;
    for (int i = 2; right->shape == DSR_SHAPE_COMMA && after == 0 && i < REACH; i++) {
        const dsr_name_word *word = word_at(w, here->run_last, i);
        after = (word->lists & ROLES) != 0 ? cap_at((size_t)i, 4) : 0;
    }
    for (int i = 1; before == 0 && i < REACH; i++) {
        const dsr_name_word *word = word_at(w, here->run_first, -i);
        before = (word->lists & ROLES) != 0 ? cap_at((size_t)i, 4) : 0;
    }
    add_two(w, after, here->shape);
    add_two(w, before, left->shape);
    add_three(w, before, after, left->lower);
}

static void add_lists(window *w, size_t at)
{
    const dsr_name_word *here = word_at(w, at, 0);
    const dsr_name_word *before = word_at(w, at, -1);
    const dsr_name_word *after = word_at(w, at, 1);
    bool capital = here->shape != DSR_SHAPE_LOWER;
    add_bits(w, here->lists, here->shape);
    add_bits(w, here->phrase, here->phrase_place);
    add_bits(w, before->lists, capital);
    add_bits(w, after->lists, capital);
    add_bits(w, before->phrase, before->phrase_place);
    add_bits(w, after->phrase, after->phrase_place);
    add_two(w, here->lists, capital);
    add_two(w, here->phrase, here->phrase_place);
    add_three(w, before->lists, here->lists, capital);
    add_three(w, here->lists, after->lists, capital);
    add_two(w, before->lower, here->lists);
    add_two(w, after->lower, here->lists);
    add_two(w, here->short_form, here->shape);
    add_two(w, before->short_form, after->short_form);
}

size_t dsr_name_features(const dsr_name_text *text, size_t sentence, size_t at, uint64_t *out)
{
    window w = {text, text->starts[sentence], text->starts[sentence + 1], out, 0, 1};
    const dsr_name_word *here = word_at(&w, at, 0);
    add(&w, 0);
    add_spelling(&w, at);
    add_neighbours(&w, at);
    add_run(&w, at);
    add_lists(&w, at);
    add_roles(&w, at);
    add_elsewhere(&w, at);
    add_two(&w, text->modes[sentence], here->shape);
    add_three(&w, text->modes[sentence], here->habit, here->shape);
    add_two(&w, text->modes[sentence], here->lists);
    add_two(&w, cap_at(at - w.start, 2), look_of(here));
    return w.count;
}

uint64_t dsr_name_step_feature(unsigned step, unsigned before)
{
    return dsr_feature_add(dsr_feature_add(UINT64_C(0x73746570), step), before);
}

/* ---- memory ---- */

static void count_one(uint16_t *count)
{
    *count = (uint16_t)(*count + (*count < UINT16_MAX));
}

void dsr_name_remember(const dsr_name_text *text, const uint8_t *labels, dsr_name_memory *memory)
{
    for (size_t i = 0; i < text->count; i++) {
        const dsr_name_word *word = &text->words[i];
        if (labels[i] != 0) {
            count_one(&memory[word->memory]
                           .places[dsr_name_label_type(labels[i])][dsr_name_label_place(labels[i])]);
        } else if (word->active && !word->first && word->shape != DSR_SHAPE_LOWER) {
            count_one(&memory[word->memory].none);
        }
    }
}

/* What is known of a word, its own label left out. */
typedef struct summary {
    unsigned types[DSR_NAME_TYPES];
    unsigned named, none, best;
    dsr_name_place place; /* the most frequent one of the best type */
} summary;

static summary summarize(const dsr_name_memory *memory, unsigned own, bool own_none)
{
    summary s = {.none = memory->none - (own_none ? 1u : 0u)};
    for (unsigned t = 0; t < DSR_NAME_TYPES; t++) {
        for (unsigned p = 0; p < 4; p++) {
            s.types[t] += memory->places[t][p];
        }
        s.types[t] -= own != 0 && dsr_name_label_type(own) == (dsr_name_type)t;
        s.named += s.types[t];
        s.best = s.types[t] > s.types[s.best] ? t : s.best;
    }
    unsigned most = 0;
    for (unsigned p = 0; p < 4; p++) {
        unsigned count = memory->places[s.best][p];
        count -= count > 0 && own == dsr_name_label((dsr_name_type)s.best, (dsr_name_place)p);
        if (count > most) {
            most = count;
            s.place = (dsr_name_place)p;
        }
    }
    return s;
}

/* Whether the word is a part of a longer name elsewhere: 1 + type * 4 + place of the most frequent such part,
 * 0 where it is none. */
static unsigned part_of(const dsr_name_memory *memory, unsigned own)
{
    unsigned best = 0;
    unsigned most = 0;
    for (unsigned t = 0; t < DSR_NAME_TYPES; t++) {
        for (unsigned p = DSR_PLACE_BEGIN; p <= DSR_PLACE_END; p++) {
            unsigned label = dsr_name_label((dsr_name_type)t, (dsr_name_place)p);
            unsigned count = memory->places[t][p] - (own == label ? 1u : 0u);
            if (count > most) {
                most = count;
                best = label;
            }
        }
    }
    return best;
}

static unsigned share(unsigned part, unsigned whole)
{
    return part == 0 ? 0 : part * 4 < whole ? 1 : part * 2 < whole ? 2 : part < whole ? 3 : 4;
}

/* What is known of a neighbour: its best type and place, or nothing. */
static uint64_t hint_of(const dsr_name_text *text, const uint8_t *labels, const dsr_name_memory *memory,
                        size_t at)
{
    const dsr_name_word *word = &text->words[at];
    if (word->shape < DSR_SHAPE_CAPITAL || word->shape > DSR_SHAPE_MIXED) {
        return 0;
    }
    summary s = summarize(&memory[word->memory], labels[at], labels[at] == 0 && word->active && !word->first);
    return s.named == 0 ? (s.none > 0 ? 1u : 2u) : 3 + s.best * 4 + (unsigned)s.place;
}

size_t dsr_name_memory_features(const dsr_name_text *text, const uint8_t *labels,
                                const dsr_name_memory *memory, size_t at, uint64_t *out)
{
    const dsr_name_word *word = &text->words[at];
    bool lower = word->shape == DSR_SHAPE_LOWER;
    window w = {text, 0, text->count, out, 0, 3};
    summary s = summarize(&memory[word->memory], labels[at],
                          labels[at] == 0 && word->active && !word->first && !lower);
    uint64_t best = s.named > 0 ? s.best + 1 : 0;
    add_two(&w, best, share(s.types[s.best], s.named + s.none));
    add_three(&w, best, share(s.none, s.named + s.none), cap_at(s.named, 3));
    add_three(&w, best, (uint64_t)s.place, share(s.types[s.best], s.named + s.none));
    add_three(&w, best, (uint64_t)s.place, word->shape | (uint64_t)word->first << 8);
    add_three(&w, best, (uint64_t)s.place, (uint64_t)(at - word->run_first > 0) * 2 + (word->run_last > at));
    uint64_t before = hint_of(text, labels, memory, at > 0 ? at - 1 : 0) * (at > 0);
    uint64_t after =
        hint_of(text, labels, memory, at + 1 < text->count ? at + 1 : at) * (at + 1 < text->count);
    unsigned part = part_of(&memory[word->memory], labels[at]);
    bool alone = word->run_first == at && word->run_last == at;
    add_two(&w, part, alone);
    add_three(&w, part, word->first, word->shape);
    add_three(&w, part, best, alone);
    add_three(&w, before, best, (uint64_t)s.place);
    add_three(&w, best, (uint64_t)s.place, after);
    return w.count;
}
