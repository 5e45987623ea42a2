/* News says "told reporters on Monday that ..." far more often than the treebanks do. From sentences in which
 * a verb is followed at once by the clause that it reports, others are made: with a phrase of time or place
 * between the two ("said | in a statement | that ..."), and with somebody who is told ("told | the court |
 * that
 * ..."). The phrases come from other sentences of the corpus. Must not know how the network learns. */
#include "net.h"
#include "perceptron_parts.h"
#include "syntax.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_PHRASE = 4, MOST_PHRASES = 4096 };

/* A run of words that hang together: in the corpus, with the place of their head in the run. */
typedef struct phrase {
    size_t first;
    size_t count;
    size_t head;
    size_t before; /* words of its sentence that stand before it */
} phrase;

typedef struct phrases {
    phrase *items;
    size_t count;
} phrases;

typedef struct splicing {
    training *t;
    phrases places;  /* "on Monday", "in a statement" */
    phrases hearers; /* "the court", "a spokesman" */
    uint64_t random;
} splicing;

static const conllu_word *words_of(const training *t, const conllu_sentence *s)
{
    return t->corpus.words.items + s->first;
}

/* Whether word `at` hangs below `top`; both count from 0. */
static bool is_below(const conllu_word *words, size_t count, size_t at, size_t top)
{
    for (size_t steps = 0; at != top && steps < count; steps++) {
        if (words[at].head == 0) {
            return false;
        }
        at = words[at].head - 1u;
    }
    return at == top;
}

/* The words below `top`, itself included; false where they are no run or too many. */
static bool find_phrase(const conllu_word *words, const conllu_sentence *s, size_t top, phrase *out)
{
    size_t found = 0;
    size_t first = s->count;
    size_t last = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (is_below(words, s->count, i, top)) {
            first = i < first ? i : first;
            last = i;
            found++;
        }
    }
    *out = (phrase){s->first + first, found, top - first, first};
    return found == last + 1 - first && found <= LONGEST_PHRASE;
}

static bool is_one_of(dsr_slice word, const char *const *list, size_t count)
{
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        found = found || dsr_slice_equal_nocase(word, dsr_slice_of(list[i]));
    }
    return found;
}

static bool is_noun(const conllu_word *word)
{
    return word->upos == DSR_UPOS_NOUN || word->upos == DSR_UPOS_PROPN;
}

static void add_phrase(phrases *list, phrase p)
{
    if (list->count < MOST_PHRASES) {
        list->items[list->count++] = p;
    }
}

/* The verb has a clause as its object. */
static bool reports(const conllu_word *words, const conllu_sentence *s, size_t verb)
{
    bool found = false;
    for (size_t i = verb + 1; i < s->count; i++) {
        found = found || (words[i].head == verb + 1 && words[i].relation == DSR_REL_CCOMP);
    }
    return found;
}

static void find_phrases(splicing *sp, const conllu_sentence *s)
{
    static const char *const prepositions[] = {"on", "in", "at", "during", "after"};
    const conllu_word *words = words_of(sp->t, s);
    for (size_t i = 0; i < s->count; i++) {
        phrase p;
        if (words[i].head == 0 || !is_noun(&words[i])) {
            continue;
        }
        size_t head = words[i].head - 1u;
        bool place = words[i].relation == DSR_REL_OBL && head < i && words[head].upos == DSR_UPOS_VERB;
        bool speaker = words[i].relation == DSR_REL_NSUBJ && reports(words, s, head);
        if ((!place && !speaker) || !find_phrase(words, s, i, &p)) {
            continue;
        }
        const conllu_word *first = &sp->t->corpus.words.items[p.first];
        if (place && is_one_of(first->form, prepositions, sizeof prepositions / sizeof *prepositions)) {
            add_phrase(&sp->places, p);
        } else if (speaker && (first->upos == DSR_UPOS_DET || is_noun(first))) {
            add_phrase(&sp->hearers, p);
        }
    }
}

/* ---- making a sentence ---- */

typedef struct made {
    conllu_word words[2 * NET_BATCH_TOKENS];
    size_t count;
} made;

static const phrase *choose(splicing *sp, const phrases *from)
{
    return &from->items[net_random(&sp->random) % from->count];
}

/* A word that stood at the beginning of a sentence begins small, unless it is a name. */
static dsr_slice small(const training *t, const conllu_word *word)
{
    dsr_slice out;
    if (word->upos == DSR_UPOS_PROPN || word->form.len == 0 || word->form.ptr[0] < 'A' ||
        word->form.ptr[0] > 'Z') {
        return word->form;
    }
    if (dsr_arena_format(t->arena, &out, "%c%.*s", word->form.ptr[0] + 32, (int)word->form.len - 1,
                         word->form.ptr + 1) != DSR_OK) {
        exit(1);
    }
    return out;
}

/* Puts a phrase behind word `after` (from 0), as its dependent. */
static void insert(const training *t, made *m, size_t after, const phrase *p, dsr_relation relation)
{
    conllu_word *gap = m->words + after + 1;
    for (size_t i = 0; i < m->count; i++) {
        m->words[i].head = (uint16_t)(m->words[i].head + (m->words[i].head > after + 1 ? p->count : 0));
    }
    memmove(gap + p->count, gap, (m->count - after - 1) * sizeof *gap);
    for (size_t i = 0; i < p->count; i++) {
        gap[i] = t->corpus.words.items[p->first + i];
        gap[i].form = small(t, &gap[i]);
        gap[i].space = true;
        gap[i].head = (uint16_t)(after + 1 + gap[i].head - p->before);
    }
    gap[p->head].head = (uint16_t)(after + 1);
    gap[p->head].relation = (uint8_t)relation;
    m->count += p->count;
}

/* Adds what was made as a sentence of its own; it is learnt from, but counted nowhere else. */
static void add_sentence(training *t, const conllu_sentence *like, const made *m)
{
    conllu *c = &t->corpus;
    if (DSR_LIST_RESERVE(t->arena, &c->words, m->count) != DSR_OK ||
        DSR_LIST_RESERVE(t->arena, &c->sentences, 1) != DSR_OK) {
        exit(1);
    }
    conllu_sentence sentence = {(uint32_t)c->words.count, (uint32_t)m->count, like->document, false};
    memcpy(c->words.items + c->words.count, m->words, m->count * sizeof *m->words);
    c->words.count += m->count;
    c->sentences.items[c->sentences.count++] = sentence;
}

/* The form of "tell" for that of "say"; no value for other words. */
static dsr_slice tell_for(dsr_slice say)
{
    static const char *const pairs[][2] = {
        {"said", "told"}, {"says", "tells"}, {"say", "tell"}, {"saying", "telling"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (dsr_slice_equal(say, dsr_slice_of(pairs[i][0]))) {
            return dsr_slice_of(pairs[i][1]);
        }
    }
    return DSR_SLICE_NONE;
}

/* "said", "says", "had said": not what I think or you should know, which news seldom has. */
static bool tells(const conllu_word *word)
{
    return word->upos == DSR_UPOS_VERB &&
           (word->xpos == DSR_XPOS_VBD || word->xpos == DSR_XPOS_VBZ || word->xpos == DSR_XPOS_VBN);
}

static bool asks(const conllu_word *word)
{
    return word->xpos == DSR_XPOS_WP || word->xpos == DSR_XPOS_WRB || word->xpos == DSR_XPOS_WDT ||
           dsr_slice_equal(word->form, DSR_SLICE("if")) || dsr_slice_equal(word->form, DSR_SLICE("whether"));
}

/* Whether the words behind the verb, from the next one on, are the clause that it reports. */
static bool clause_follows(const conllu_word *words, const conllu_sentence *s, size_t verb)
{
    size_t at = verb + 1;
    if (!tells(&words[verb]) || at >= s->count || words[at].upos == DSR_UPOS_PUNCT || asks(&words[at])) {
        return false;
    }
    while (words[at].head != 0 && words[at].head != verb + 1) {
        at = words[at].head - 1u;
        if (at <= verb) {
            return false;
        }
    }
    return words[at].head == verb + 1 && words[at].relation == DSR_REL_CCOMP;
}

/* `hearer`: somebody is told; `place`: a phrase of time or place stands behind. */
static void make_sentence(splicing *sp, const conllu_sentence *s, size_t verb, bool hearer, bool place)
{
    made m;
    training *t = sp->t;
    dsr_slice tell = tell_for(words_of(t, s)[verb].form);
    if (s->count > NET_BATCH_TOKENS || (hearer && tell.ptr == NULL)) {
        return;
    }
    m.count = s->count;
    memcpy(m.words, words_of(t, s), s->count * sizeof *m.words);
    if (place) {
        insert(t, &m, verb, choose(sp, &sp->places), DSR_REL_OBL);
    }
    if (hearer) {
        m.words[verb].form = tell;
        insert(t, &m, verb, choose(sp, &sp->hearers), DSR_REL_IOBJ);
    }
    add_sentence(t, s, &m);
}

static void splice_sentence(splicing *sp, const conllu_sentence *s)
{
    for (size_t verb = 0; verb < s->count; verb++) {
        if (clause_follows(words_of(sp->t, s), s, verb)) {
            for (size_t i = 0; i < SPLICED_SENTENCES; i++) {
                bool hearer = i % 2 == 1;
                make_sentence(sp, s, verb, hearer, !hearer || net_random(&sp->random) % 3 == 0);
            }
            return;
        }
    }
}

void splice_sentences(training *t)
{
    splicing sp = {.t = t, .random = UINT64_C(88172645463325252)};
    size_t count = t->corpus.sentences.count;
    sp.places.items = must_alloc(MOST_PHRASES, sizeof(phrase));
    sp.hearers.items = must_alloc(MOST_PHRASES, sizeof(phrase));
    for (size_t i = 0; i < count; i++) {
        if (!t->held[i]) {
            find_phrases(&sp, &t->corpus.sentences.items[i]);
        }
    }
    for (size_t i = 0; i < count && sp.places.count > 0 && sp.hearers.count > 0; i++) {
        conllu_sentence s = t->corpus.sentences.items[i];
        if (!t->held[i]) {
            splice_sentence(&sp, &s);
        }
    }
    printf("  %zu sentences made with %zu places and %zu hearers\n", t->corpus.sentences.count - count,
           sp.places.count, sp.hearers.count);
    free(sp.places.items);
    free(sp.hearers.items);
}
