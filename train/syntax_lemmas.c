/* Learns lemma rules: for each ending the commonest rule, kept where it differs from that of the shorter
 * ending; for each word that its endings would get wrong, its own. Must not know syntax. */
#include "base/map.h"
#include "perceptron_parts.h"
#include "syntax.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_RULES = 4000, MOST_KEYS = 1 << 20, LONG_ENDING = 4 };

/* How often a key goes with a rule. */
typedef struct key_rule {
    uint64_t key;
    uint32_t rule;
    uint32_t count;
    uint32_t depth; /* of the ending: DSR_LEMMA_ENDING + 1 is the whole word */
} key_rule;

typedef struct lemma_learner {
    dsr_lemma_rule *rules;
    uint32_t rule_count;
    dsr_map *met; /* words with their rules: an ending counts each once */
    key_rule *seen;
    size_t seen_count;
} lemma_learner;

static bool same_rule(const dsr_lemma_rule *a, const dsr_lemma_rule *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

/* The rule that makes `lemma` of `form`; false where there is none. */
static bool make_rule(dsr_slice form, dsr_slice lemma, bool keep_case, dsr_lemma_rule *out)
{
    char bytes[1024];
    dsr_lemma_rule rule = {.keep_case = keep_case};
    if (form.len > 256) {
        return false;
    }
    size_t length = dsr_lemma_apply(&rule, form, bytes);
    size_t same = 0;
    while (same < length && same < lemma.len && bytes[same] == lemma.ptr[same]) {
        same++;
    }
    if (lemma.len - same > DSR_SYNTAX_LEMMA_BYTES || length - same > 200) {
        return false;
    }
    rule.strip = (uint8_t)(length - same);
    rule.length = (uint8_t)(lemma.len - same);
    memcpy(rule.append, lemma.ptr + same, rule.length);
    *out = rule;
    return true;
}

static uint32_t rule_number(lemma_learner *l, const dsr_lemma_rule *rule)
{
    uint32_t i = 0;
    while (i < l->rule_count && !same_rule(&l->rules[i], rule)) {
        i++;
    }
    if (i == l->rule_count && i < MOST_RULES) {
        l->rules[l->rule_count++] = *rule;
    }
    return i;
}

static int by_key(const void *a, const void *b)
{
    const key_rule *x = a;
    const key_rule *y = b;
    if (x->depth != y->depth) {
        return x->depth < y->depth ? -1 : 1;
    }
    if (x->key != y->key) {
        return x->key < y->key ? -1 : 1;
    }
    return x->rule < y->rule ? -1 : x->rule > y->rule;
}

/* Adds up equal pairs. */
static void sum_up(lemma_learner *l)
{
    qsort(l->seen, l->seen_count, sizeof *l->seen, by_key);
    size_t kept = 0;
    for (size_t i = 0; i < l->seen_count; i++) {
        key_rule *last = kept > 0 ? &l->seen[kept - 1] : NULL;
        if (last != NULL && last->key == l->seen[i].key && last->rule == l->seen[i].rule) {
            last->count += l->seen[i].count;
        } else {
            l->seen[kept++] = l->seen[i];
        }
    }
    l->seen_count = kept;
}

static void see(lemma_learner *l, uint64_t key, uint32_t rule, uint32_t depth)
{
    if (l->seen_count == (size_t)MOST_KEYS * 4) {
        sum_up(l);
    }
    if (l->seen_count < (size_t)MOST_KEYS * 4) {
        l->seen[l->seen_count++] = (key_rule){key, rule, 1, depth};
    }
}

static void see_word(lemma_learner *l, const dsr_syntax_word *word, const conllu_word *gold)
{
    dsr_lemma_rule kept;
    dsr_lemma_rule lowered;
    bool may_keep = make_rule(gold->form, gold->lemma, true, &kept);
    bool may_lower = make_rule(gold->form, gold->lemma, false, &lowered);
    /* A proper name keeps its case; other words are lowered where that makes no difference. */
    bool keep = gold->upos == DSR_UPOS_PROPN ? may_keep : !may_lower && may_keep;
    if (!keep && !may_lower) {
        return;
    }
    uint32_t rule = rule_number(l, keep ? &kept : &lowered);
    if (rule == MOST_RULES) {
        return;
    }
    size_t longest = word->text.len < DSR_LEMMA_ENDING ? word->text.len : DSR_LEMMA_ENDING;
    uint64_t both = dsr_feature_add(dsr_lemma_word_key(word), rule);
    if (dsr_map_get(l->met, both) == DSR_MAP_NONE) {
        for (unsigned length = 0; length <= longest; length++) {
            see(l, dsr_lemma_ending_key(word, length), rule, length);
        }
        if (dsr_map_put(l->met, both, 0) != DSR_OK) {
            exit(1);
        }
    }
    see(l, dsr_lemma_word_key(word), rule, DSR_LEMMA_ENDING + 1);
}

/* The commonest rule of each key; of an ending of some length, where two words at least follow it. Returns
 * how many. */
static size_t pick_best(const lemma_learner *l, key_rule *best)
{
    size_t count = 0;
    for (size_t i = 0; i < l->seen_count; i++) {
        const key_rule *k = &l->seen[i];
        if (count > 0 && best[count - 1].key == k->key && best[count - 1].depth == k->depth) {
            if (k->count > best[count - 1].count) {
                best[count - 1] = *k;
            }
        } else {
            best[count++] = *k;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool chance = best[i].count < 2 && best[i].depth >= LONG_ENDING && best[i].depth <= DSR_LEMMA_ENDING;
        if (!chance) {
            best[kept++] = best[i];
        }
    }
    return kept;
}

/* What a word would get from endings shorter than `depth` that are in the map. */
static uint32_t rule_above(const dsr_map *rules, const dsr_syntax_word *word, unsigned depth)
{
    for (unsigned length = depth; length > 0; length--) {
        uint32_t rule = dsr_map_get(rules, dsr_lemma_ending_key(word, length - 1));
        if (rule != DSR_MAP_NONE) {
            return rule;
        }
    }
    return 0;
}

/* Keeps the keys of one depth whose rule differs from that of the shorter ending. */
static size_t keep_depth(const training *t, const dsr_map *best, dsr_map *kept, unsigned depth,
                         keyed_number *out)
{
    size_t count = 0;
    bool whole = depth == DSR_LEMMA_ENDING + 1;
    for (size_t i = 0; i < t->corpus.words.count; i++) {
        const dsr_syntax_word *word = &t->words[i];
        if (t->word_held[i] || (!whole && depth > word->text.len)) {
            continue;
        }
        uint64_t key = whole ? dsr_lemma_word_key(word) : dsr_lemma_ending_key(word, depth);
        uint32_t rule = dsr_map_get(best, key);
        if (rule == DSR_MAP_NONE || dsr_map_get(kept, key) != DSR_MAP_NONE ||
            (depth > 0 && rule_above(kept, word, depth) == rule)) {
            continue;
        }
        out[count++] = (keyed_number){key, rule};
        if (dsr_map_put(kept, key, rule) != DSR_OK) {
            exit(1);
        }
    }
    return count;
}

static size_t keep_needed(const training *t, const dsr_map *best, dsr_map *kept, keyed_number *out)
{
    size_t count = 0;
    for (unsigned depth = 0; depth <= DSR_LEMMA_ENDING + 1; depth++) {
        count += keep_depth(t, best, kept, depth, out + count);
    }
    return count;
}

static void see_corpus(const training *t, lemma_learner *l)
{
    for (size_t i = 0; i < t->corpus.words.count; i++) {
        if (!t->word_held[i]) {
            see_word(l, &t->words[i], &t->corpus.words.items[i]);
        }
    }
    sum_up(l);
}

void learn_lemmas(training *t)
{
    lemma_learner l = {.rules = must_alloc(MOST_RULES, sizeof(dsr_lemma_rule)), .rule_count = 1};
    l.seen = must_alloc((size_t)MOST_KEYS * 4, sizeof *l.seen);
    l.met = dsr_map_new(1 << 15);
    see_corpus(t, &l);
    dsr_map_drop(l.met);
    key_rule *best = must_alloc(l.seen_count, sizeof *best);
    size_t count = pick_best(&l, best);
    dsr_map *all = dsr_map_new(count);
    dsr_map *kept = dsr_map_new(1 << 14);
    for (size_t i = 0; i < count; i++) {
        if (dsr_map_put(all, best[i].key, best[i].rule) != DSR_OK) {
            exit(1);
        }
    }
    keyed_number *numbers = must_alloc(count, sizeof *numbers);
    size_t needed = keep_needed(t, all, kept, numbers);
    model_file_put_numbers(t->file, "lemmas", numbers, needed);
    model_file_put(t->file, "rules", (dsr_slice){(const char *)l.rules, l.rule_count * sizeof *l.rules});
    free(numbers);
    dsr_map_drop(kept);
    dsr_map_drop(all);
    free(best);
    free(l.seen);
    free(l.rules);
}
