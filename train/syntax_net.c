/* From the corpus to the network's numbers: features that are seen twice or more, the most frequent forms,
 * sentences. Must not know how the network learns. */
#include "base/limits.h"
#include "base/map.h"
#include "net.h"
#include "perceptron_parts.h"
#include "syntax.h"

#include <stdlib.h>
#include <string.h>

enum { FEATURE_LEAST = 2, FREQUENT_FORMS = 1500, MOST_HASHES = 1 << 20 };

/* Something counted: a feature or a form. */
typedef struct counted {
    uint64_t key;
    uint32_t count;
    uint32_t word; /* of the corpus, where it is first */
} counted;

typedef struct tally {
    dsr_map *places;
    counted *items;
    size_t count;
} tally;

static void open_tally(tally *t)
{
    t->places = dsr_map_new(1 << 17);
    t->items = must_alloc(MOST_HASHES, sizeof *t->items);
    t->count = 0;
    if (t->places == NULL) {
        exit(1);
    }
}

static void drop_tally(tally *t)
{
    dsr_map_drop(t->places);
    free(t->items);
}

static void count_key(tally *t, uint64_t key, uint32_t word)
{
    uint32_t at;
    if (dsr_map_intern(t->places, key, (uint32_t)t->count, &at) != DSR_OK || t->count == MOST_HASHES) {
        exit(1);
    }
    if (at == t->count) {
        t->items[t->count++] = (counted){key, 0, word};
    }
    t->items[at].count++;
}

static void count_words(const training *t, tally *features, tally *forms)
{
    uint64_t keys[DSR_NET_FEATURES];
    dsr_net_form form;
    for (size_t i = 0; i < t->corpus.words.count; i++) {
        if (t->word_held[i]) {
            continue;
        }
        dsr_net_form_set(&form, t->words[i].text);
        dsr_net_form_features(&form, keys);
        count_key(forms, dsr_net_form_key(&form), (uint32_t)i);
        for (size_t f = 0; f < DSR_NET_FEATURES; f++) {
            count_key(features, keys[f], (uint32_t)i);
        }
    }
}

/* ---- forms ---- */

static int by_count(const void *a, const void *b)
{
    const counted *x = a;
    const counted *y = b;
    if (x->count != y->count) {
        return x->count > y->count ? -1 : 1;
    }
    return x->word < y->word ? -1 : x->word > y->word;
}

/* The most frequent forms, a line each. */
static void put_forms(const training *t, tally *forms)
{
    dsr_buffer out;
    dsr_buffer_open(&out, 0);
    qsort(forms->items, forms->count, sizeof *forms->items, by_count);
    for (size_t i = 0; i < forms->count && i < FREQUENT_FORMS; i++) {
        dsr_buffer_append(&out, t->words[forms->items[i].word].text);
        dsr_buffer_append_char(&out, '\n');
    }
    model_file_put(t->file, "forms", dsr_buffer_slice(&out));
    dsr_buffer_drop(&out);
}

/* ---- features ---- */

/* Numbers the features that stay; the others lose their place. Returns how many. */
static size_t put_features(const training *t, tally *features)
{
    keyed_number *numbers = must_alloc(features->count, sizeof *numbers);
    size_t kept = 0;
    for (size_t i = 0; i < features->count && kept < UINT16_MAX; i++) {
        if (features->items[i].count >= FEATURE_LEAST) {
            numbers[kept] = (keyed_number){features->items[i].key, (uint32_t)kept};
            features->items[i].word = (uint32_t)kept++;
        } else {
            features->items[i].word = UINT32_MAX;
        }
    }
    model_file_put_numbers(t->file, "features", numbers, kept);
    free(numbers);
    return kept;
}

/* ---- writings ---- */

static size_t letters_of(dsr_slice text)
{
    size_t letters = 0;
    while (letters < text.len && (text.ptr[letters] | 32) >= 'a' && (text.ptr[letters] | 32) <= 'z') {
        letters++;
    }
    return letters;
}

/* A word as `writing` has it. Short words stay small in a headline, but the first. */
static dsr_slice write_word(const conllu_word *word, bool first, unsigned writing,
                            char bytes[DSR_NET_FORM_BYTES])
{
    dsr_slice text = dsr_slice_part(word->form, 0, DSR_NET_FORM_BYTES);
    bool mark = dsr_slice_equal(text, DSR_SLICE("\""));
    size_t capitals = writing == NET_CAPITALS ? text.len : 0;
    if (writing == NET_TYPOGRAPHIC && mark) {
        return word->space ? DSR_SLICE("\xe2\x80\x9d") : DSR_SLICE("\xe2\x80\x9c");
    }
    if (writing == NET_TITLE && (first || letters_of(text) > 3)) {
        capitals = text.len > 0;
    }
    memcpy(bytes, text.ptr, text.len);
    for (size_t i = 0; i < capitals; i++) {
        bytes[i] = (char)(bytes[i] >= 'a' && bytes[i] <= 'z' ? bytes[i] - 32 : bytes[i]);
    }
    return (dsr_slice){bytes, text.len};
}

static void set_features(const tally *features, dsr_slice text, net_token *token)
{
    uint64_t keys[DSR_NET_FEATURES];
    dsr_net_form form;
    dsr_net_form_set(&form, text);
    dsr_net_form_features(&form, keys);
    for (size_t f = 0; f < DSR_NET_FEATURES; f++) {
        uint32_t at = dsr_map_get(features->places, keys[f]);
        const counted *item = at != DSR_MAP_NONE ? &features->items[at] : NULL;
        token->features[f] = item == NULL || item->word == UINT32_MAX ? -1 : (int32_t)item->word;
        token->count = f == 0 && item != NULL ? item->count : token->count;
    }
}

static net_token token_of(const training *t, const tally *features, size_t word, bool first, unsigned writing)
{
    const conllu_word *gold = &t->corpus.words.items[word];
    net_token token = {.head = gold->head, .tag = t->words[word].tag, .relation = gold->relation};
    char bytes[DSR_NET_FORM_BYTES];
    set_features(features, write_word(gold, first, writing, bytes), &token);
    return token;
}

/* ---- sentences ---- */

static bool heads_are_sound(const conllu *corpus, const conllu_sentence *s)
{
    for (size_t i = 0; i < s->count; i++) {
        uint16_t head = corpus->words.items[s->first + i].head;
        if (head > s->count || head == i + 1) {
            return false;
        }
    }
    return s->count > 0 && s->count <= DSR_LIMIT_PARSED_TOKENS;
}

static size_t make_sentences(const training *t, const tally *features, net_token *tokens, net_sentence *out)
{
    size_t count = 0;
    for (size_t s = 0; s < t->corpus.sentences.count; s++) {
        const conllu_sentence *from = &t->corpus.sentences.items[s];
        if (t->held[s] || !heads_are_sound(&t->corpus, from)) {
            continue;
        }
        net_sentence *to = &out[count++];
        *to = (net_sentence){.count = from->count, .source = from->document >= t->web};
        for (unsigned writing = 0; writing < NET_WRITINGS; writing++) {
            net_token *first = tokens + writing * t->corpus.words.count + from->first;
            for (size_t i = 0; i < from->count; i++) {
                first[i] = token_of(t, features, from->first + i, i == 0, writing);
            }
            to->writings[writing] = first;
        }
        if (to->source == NET_SOURCE_GUM) { /* news among it, and the smaller: learnt twice a pass */
            out[count++] = *to;
        }
    }
    return count;
}

void learn_network(training *t)
{
    tally features;
    tally forms;
    uint64_t random = UINT64_C(88172645463325252);
    open_tally(&features);
    open_tally(&forms);
    count_words(t, &features, &forms);
    put_forms(t, &forms);
    size_t kept = put_features(t, &features);
    net_token *tokens = must_alloc(NET_WRITINGS * t->corpus.words.count, sizeof *tokens);
    net_sentence *sentences = must_alloc(2 * t->corpus.sentences.count, sizeof *sentences);
    size_t count = make_sentences(t, &features, tokens, sentences);
    network *net = net_new(kept, t->tag_count, &random);
    printf("  %zu sentences, %zu features, %zu tags\n", count, kept, t->tag_count);
    net_learn(net, sentences, count, (net_settings){t->passes, 0.003f});
    net_write(net, kept, t->file);
    net_drop(net);
    free(sentences);
    free(tokens);
    drop_tally(&forms);
    drop_tally(&features);
}
