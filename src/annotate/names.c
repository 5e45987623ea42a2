/* Finds the names of a report: two passes of the model over its words. Must not know features and weights. */
#include "annotate/names.h"

#include "annotate/name_parts.h"
#include "base/limits.h"

#include <string.h>

/* What the passes over a stretch need. */
typedef struct passes {
    const dsr_name_model *model;
    dsr_name_text text;
    int32_t (*scores)[DSR_NAME_LABELS]; /* by active word, in order */
    uint8_t *room;                      /* of the longest stretch of active words */
    uint8_t *labels;                    /* by word: first pass */
    uint8_t *second;
    dsr_name_memory *memory;
} passes;

static dsr_status make_room(dsr_arena *arena, passes *p)
{
    size_t active = 0;
    for (size_t i = 0; i < p->text.count; i++) {
        active += p->text.words[i].active;
    }
    p->scores = dsr_arena_alloc_array(arena, active, sizeof *p->scores);
    p->room = dsr_arena_alloc_array(arena, active, DSR_NAME_LABELS);
    p->labels = dsr_arena_alloc_array(arena, p->text.count, 1);
    p->second = dsr_arena_alloc_array(arena, p->text.count, 1);
    p->memory = dsr_arena_alloc_array(arena, p->text.memory_count, sizeof *p->memory);
    return p->scores && p->room && p->labels && p->second && p->memory ? DSR_OK : DSR_ERR_MEMORY;
}

static void score_words(passes *p)
{
    uint64_t features[DSR_NAME_FEATURES];
    int32_t(*scores)[DSR_NAME_LABELS] = p->scores;
    for (size_t s = 0; s < p->text.sentences; s++) {
        for (size_t i = p->text.starts[s]; i < p->text.starts[s + 1]; i++) {
            if (p->text.words[i].active) {
                size_t count = dsr_name_features(&p->text, s, i, features);
                dsr_weights_score_rows(&p->model->rows, features, count, *scores++);
            }
        }
    }
}

/* Labels all words by their scores. */
static void find_paths(passes *p, uint8_t *labels)
{
    const dsr_name_word *words = p->text.words;
    size_t done = 0;
    for (size_t s = 0; s < p->text.sentences; s++) {
        for (size_t i = p->text.starts[s]; i < p->text.starts[s + 1]; i++) {
            size_t from = i;
            while (i < p->text.starts[s + 1] && words[i].active) {
                i++;
            }
            if (i > from) {
                dsr_name_best_path(&p->model->steps, (const int32_t(*)[DSR_NAME_LABELS])(p->scores + done),
                                   words + from, i - from, p->room, labels + from);
                done += i - from;
            }
        }
    }
}

/* Adds what the memory says. */
static void score_again(passes *p)
{
    uint64_t features[DSR_NAME_MEMORY_FEATURES];
    int32_t(*scores)[DSR_NAME_LABELS] = p->scores;
    for (size_t i = 0; i < p->text.count; i++) {
        if (p->text.words[i].active) {
            size_t count = dsr_name_memory_features(&p->text, p->labels, p->memory, i, features);
            dsr_weights_score_rows(&p->model->rows, features, count, *scores++);
        }
    }
}

/* The names that `labels` make. */
static dsr_status take_names(dsr_arena *arena, const passes *p, const uint8_t *labels, dsr_names *out)
{
    size_t begin = 0;
    for (size_t i = 0; i < p->text.count; i++) {
        if (labels[i] == 0) {
            continue;
        }
        begin = dsr_name_goes_on(labels[i]) ? begin : i;
        if (dsr_name_is_open(labels[i])) {
            continue;
        }
        if (i - begin >= DSR_LIMIT_NAME_TOKENS) {
            continue;
        }
        if (DSR_LIST_RESERVE(arena, out, 1) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        dsr_span span = {p->text.words[begin].span.start, p->text.words[i].span.end};
        out->items[out->count++] = (dsr_name){.span = span,
                                              .type = dsr_name_label_type(labels[i]),
                                              .entity = DSR_NO_ENTITY,
                                              .metonym_for = DSR_NO_ENTITY};
    }
    return DSR_OK;
}

/* Where names are looked for. */
typedef struct search {
    const dsr_name_model *model;
    const dsr_gazetteer *gazetteer;
    dsr_arena *scratch; /* of a stretch */
} search;

static dsr_status find_in_stretch(const search *s, dsr_arena *arena, const dsr_name_input *stretch,
                                  dsr_names *out)
{
    passes p = {.model = s->model};
    if (dsr_name_prepare(s->scratch, &s->model->habits, s->gazetteer, stretch, &p.text) != DSR_OK ||
        make_room(s->scratch, &p) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    score_words(&p);
    find_paths(&p, p.labels);
    dsr_name_remember(&p.text, p.labels, p.memory);
    score_again(&p);
    find_paths(&p, p.second);
    dsr_name_mend(&p.text, p.memory, p.second);
    dsr_status status = take_names(arena, &p, p.second, out);
    dsr_arena_reset(s->scratch);
    return status;
}

/* How many of the sentences make one stretch; 0 where the first alone is too long. */
static size_t length_of_stretch(const dsr_name_sentence *sentences, size_t count)
{
    size_t tokens = 0;
    size_t length = 0;
    while (length < count && tokens + sentences[length].count <= DSR_LIMIT_NAME_WINDOW) {
        tokens += sentences[length++].count;
    }
    return length;
}

/* A sentence that is longer than a stretch, in pieces. */
static dsr_status find_in_pieces(const search *s, dsr_arena *arena, dsr_slice text,
                                 dsr_name_sentence sentence, dsr_names *out)
{
    dsr_status status = DSR_OK;
    while (status == DSR_OK && sentence.count > 0) {
        dsr_name_sentence piece = {sentence.tokens, sentence.count};
        piece.count = piece.count < DSR_LIMIT_NAME_WINDOW ? piece.count : DSR_LIMIT_NAME_WINDOW;
        dsr_name_input stretch = {text, &piece, 1};
        status = find_in_stretch(s, arena, &stretch, out);
        sentence.tokens += piece.count;
        sentence.count -= piece.count;
    }
    return status;
}

dsr_status dsr_names_find(const dsr_name_model *model, const dsr_gazetteer *gazetteer, dsr_arena *arena,
                          const dsr_name_input *input, dsr_names *out)
{
    search s = {model, gazetteer, dsr_arena_new(0)};
    dsr_status status = s.scratch != NULL ? DSR_OK : DSR_ERR_MEMORY;
    dsr_names found = {0};
    for (size_t at = 0; status == DSR_OK && at < input->count;) {
        dsr_name_input stretch = {input->text, input->sentences + at, 0};
        stretch.count = length_of_stretch(stretch.sentences, input->count - at);
        if (stretch.count == 0) {
            status = find_in_pieces(&s, arena, input->text, *stretch.sentences, &found);
            at++;
        } else {
            status = find_in_stretch(&s, arena, &stretch, &found);
            at += stretch.count;
        }
    }
    dsr_arena_drop(s.scratch);
    if (status == DSR_OK) {
        *out = found;
    }
    return status;
}
