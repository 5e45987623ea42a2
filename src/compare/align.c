/* Equal runs of words in two texts. A table of the RUN_WORDS-grams of one text is asked for those of the
 * other; a hit is verified and extended as far as the words agree. Linear in both texts: a gram that stands
 * in more places than CHAIN is looked at in that many. */
#include "compare/text.h"

#include <string.h>

enum { CHAIN = 12 };

#define NO_PLACE 0xffffffffu
#define BASE     UINT64_C(0xd6e8feb86659fd93)

/* The grams of `a` by hash: head[slot] is the first place, next[place] the following one with the same slot.
 */
typedef struct gram_table {
    const dsr_compare_text *text;
    uint32_t *head;
    uint32_t *next;
    uint64_t mask;
} gram_table;

static uint64_t base_to_run(void)
{
    uint64_t power = 1;
    for (int i = 0; i < DSR_RUN_WORDS; i++) {
        power *= BASE;
    }
    return power;
}

static uint64_t roll(uint64_t hash, const dsr_compare_text *text, size_t i, uint64_t power)
{
    hash = hash * BASE + text->words[i].key;
    return i >= DSR_RUN_WORDS ? hash - power * text->words[i - DSR_RUN_WORDS].key : hash;
}

static dsr_status build_table(dsr_arena *arena, const dsr_compare_text *a, gram_table *out)
{
    size_t slots = 16;
    while (slots < 2 * a->count) {
        slots *= 2;
    }
    gram_table table = {.text = a, .mask = slots - 1};
    table.head = dsr_arena_alloc_array(arena, slots, sizeof *table.head);
    table.next = dsr_arena_alloc_array(arena, a->count + 1, sizeof *table.next);
    if (!table.head || !table.next) {
        return DSR_ERR_MEMORY;
    }
    memset(table.head, 0xff, slots * sizeof *table.head);
    const uint64_t power = base_to_run();
    uint64_t hash = 0;
    /* Places are put in from the last on, so that chains ascend. */
    uint32_t *slot_of = dsr_arena_alloc_array(arena, a->count + 1, sizeof *slot_of);
    if (!slot_of) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < a->count; i++) {
        hash = roll(hash, a, i, power);
        slot_of[i] = (uint32_t)(dsr_hash_mix(hash) & table.mask);
    }
    for (size_t end = a->count; end >= DSR_RUN_WORDS; end--) {
        uint32_t place = (uint32_t)(end - DSR_RUN_WORDS);
        uint32_t slot = slot_of[end - 1];
        table.next[place] = table.head[slot];
        table.head[slot] = place;
    }
    *out = table;
    return DSR_OK;
}

/* How far the words agree, up to the first word of `a` that an earlier run has taken. */
static uint32_t equal_length(const dsr_compare_text *a, const dsr_compare_text *b, size_t i, size_t j,
                             const uint8_t *taken)
{
    uint32_t length = 0;
    while (i < a->count && j < b->count && a->words[i].key == b->words[j].key && !taken[i]) {
        i++, j++, length++;
    }
    return length;
}

/* The best run that begins at word j of b: the one that goes on where the last run ended in `a`, else the
 * longest. */
static dsr_run best_run(const gram_table *table, const dsr_compare_text *b, uint32_t j, uint64_t hash,
                        const uint8_t *taken, uint32_t expected)
{
    dsr_run best = {0, j, 0};
    unsigned looked = 0;
    uint32_t place = table->head[dsr_hash_mix(hash) & table->mask];
    for (; place != NO_PLACE && looked < CHAIN; place = table->next[place], looked++) {
        uint32_t length = equal_length(table->text, b, place, j, taken);
        bool nearer = length == best.length && place >= expected && best.a < expected;
        if (length > best.length || nearer) {
            best = (dsr_run){place, j, length};
        }
    }
    return best;
}

dsr_status dsr_runs_find(dsr_arena *arena, const dsr_compare_text *a, const dsr_compare_text *b,
                         dsr_runs *out)
{
    dsr_runs runs = {NULL, 0, 0};
    if (a->count < DSR_RUN_WORDS || b->count < DSR_RUN_WORDS) {
        *out = runs;
        return DSR_OK;
    }
    gram_table table;
    dsr_status status = build_table(arena, a, &table);
    uint8_t *taken = status == DSR_OK ? dsr_arena_alloc(arena, a->count) : NULL;
    if (!taken) {
        return DSR_ERR_MEMORY;
    }
    const uint64_t power = base_to_run();
    uint64_t hash = 0;
    size_t hashed = 0; /* words of b taken into the rolling hash */
    uint32_t expected = 0;
    for (uint32_t j = 0; j + DSR_RUN_WORDS <= b->count;) {
        for (; hashed < (size_t)j + DSR_RUN_WORDS; hashed++) {
            hash = roll(hash, b, hashed, power);
        }
        dsr_run run = best_run(&table, b, j, hash, taken, expected);
        if (run.length < DSR_RUN_WORDS) {
            j++;
            continue;
        }
        status = DSR_LIST_RESERVE(arena, &runs, 1);
        if (status != DSR_OK) {
            return status;
        }
        runs.items[runs.count++] = run;
        memset(taken + run.a, 1, run.length);
        expected = run.a + run.length;
        j += run.length;
    }
    *out = runs;
    return DSR_OK;
}
