/* How well spellings of one name are told from different names.
 *
 * usage: name_pairs PAIRS.tsv DATA_FOLDER [HALF]
 * For the false pairs of each kind: how many true ones are found where 2.5 % of the false are taken for true,
 * and at the threshold that is built in. HALF (0 or 1): only names of that half. */
#include "../../train/name_pairs.h"

#include "entity/key.h"
#include "entity/spelling.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WRONG = 20000 };

typedef struct scores {
    int32_t *items;
    size_t count;
    size_t keys_equal;
} scores;

static int by_number(const void *a, const void *b)
{
    int32_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x < y ? -1 : x > y;
}

static double share_above(const scores *s, int32_t least)
{
    size_t above = 0;
    for (size_t i = 0; i < s->count; i++) {
        above += s->items[i] >= least;
    }
    return s->count > 0 ? 100.0 * (double)above / (double)s->count : 0;
}

static bool same_key(const dsr_key_rules *rules, const name_pair *pair)
{
    char a[DSR_KEY_BYTES], b[DSR_KEY_BYTES];
    size_t x = dsr_key_of_word(rules, pair->a, a);
    size_t y = dsr_key_of_word(rules, pair->b, b);
    return x == y && memcmp(a, b, x) == 0;
}

int main(int count, char **arguments)
{
    static const char *const names[PAIR_KINDS] = {"true", "false, begin alike",
                                                  "false, a letter or two apart"};
    dsr_arena *arena = dsr_arena_new(0);
    dsr_spellings *spellings = NULL;
    dsr_key_rules *rules = NULL;
    dsr_error error;
    dsr_error_clear(&error);
    if (arena == NULL || count < 3 || dsr_spellings_open(arena, arguments[2], &spellings, &error) != DSR_OK ||
        dsr_key_rules_open(arena, arguments[2], &rules, &error) != DSR_OK) {
        fprintf(stderr, "usage: name_pairs PAIRS.tsv DATA_FOLDER [HALF] %s %s\n", error.subject,
                error.message);
        return 2;
    }
    name_pairs pairs;
    name_pairs_read(arena, arguments[1], WRONG, &pairs);
    scores by_kind[PAIR_KINDS];
    for (int kind = 0; kind < PAIR_KINDS; kind++) {
        by_kind[kind] = (scores){malloc((pairs.count + 1) * sizeof(int32_t)), 0, 0};
        if (by_kind[kind].items == NULL) {
            return 1;
        }
    }
    for (size_t i = 0; i < pairs.count; i++) {
        const name_pair *pair = &pairs.items[i];
        if (count > 3 && pair->half != atoi(arguments[3])) {
            continue;
        }
        scores *s = &by_kind[pair->kind];
        s->items[s->count++] = dsr_spellings_compare(spellings, pair->a, pair->b);
        s->keys_equal += same_key(rules, pair);
    }
    for (int kind = 0; kind < PAIR_KINDS; kind++) {
        scores *s = &by_kind[kind];
        qsort(s->items, s->count, sizeof *s->items, by_number);
        printf("%-30s %6zu pairs  keys equal %5.1f %%  at the threshold %5.1f %%", names[kind], s->count,
               100.0 * (double)s->keys_equal / (double)(s->count + !s->count),
               share_above(s, DSR_SPELLING_SAME));
        if (kind != PAIR_SAME && s->count > 0) {
            int32_t least = s->items[s->count - 1 - s->count / 40] + 1;
            printf("  recall at 2.5 %% false: %.1f %% (from %d)", share_above(&by_kind[PAIR_SAME], least),
                   least);
        }
        putchar('\n');
    }
    for (int kind = 0; kind < PAIR_KINDS; kind++) {
        free(by_kind[kind].items);
    }
    dsr_spellings_drop(spellings);
    dsr_arena_drop(arena);
    return 0;
}
