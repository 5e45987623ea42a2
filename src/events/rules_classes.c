/* Classes of words: "@MEETING" stands for all words of the class, and a class may take in others. Which words
 * are in which is settled once all files are read, so that order does not matter. */
#include "base/limits.h"
#include "events/rules_parts.h"

enum { STATE_OPEN, STATE_UNDER_WAY, PHRASE_WORDS = 4 };

dsr_status dsr_rule_class_named(dsr_rule_reader *r, dsr_slice name, uint32_t *out)
{
    uint64_t key = dsr_rule_word(name);
    uint32_t number = dsr_map_get(r->classes, key);
    if (number != DSR_MAP_NONE) {
        *out = number;
        return DSR_OK;
    }
    number = (uint32_t)r->list.count;
    if (DSR_LIST_RESERVE(r->scratch, &r->list, 1) != DSR_OK ||
        dsr_map_put(r->classes, key, number) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    r->list.items[r->list.count++] = (dsr_class){.name = name, .path = r->path, .spoken = r->line};
    *out = number;
    return DSR_OK;
}

/* A word, or words parted by blanks. *words is 0 where it has none or too many. */
static uint64_t phrase_of(dsr_slice text, size_t *words)
{
    uint64_t phrase = 0;
    dsr_slice word;
    *words = 0;
    while (dsr_slice_next_field(&text, ' ', &word)) {
        if (word.len == 0) {
            continue;
        }
        phrase = *words == 0 ? dsr_rule_word(word) : dsr_rule_join(phrase, dsr_rule_word(word));
        ++*words;
    }
    *words = *words > PHRASE_WORDS ? 0 : *words;
    return phrase;
}

/* "cease-fire" stands in the text as one token or as three; 0 where it has not exactly one hyphen inside. */
static uint64_t parted_word(dsr_slice word)
{
    size_t at = dsr_slice_find(word, DSR_SLICE("-"), 1);
    if (at == SIZE_MAX || at + 1 >= word.len || dsr_slice_find(word, DSR_SLICE("-"), at + 1) != SIZE_MAX) {
        return 0;
    }
    uint64_t first = dsr_rule_word(dsr_slice_part(word, 0, at));
    uint64_t hyphen = dsr_rule_word(DSR_SLICE("-"));
    return dsr_rule_join(dsr_rule_join(first, hyphen), dsr_rule_word(dsr_slice_part(word, at + 1, word.len)));
}

static dsr_status take_words(dsr_rule_reader *r, uint32_t number, dsr_slice list)
{
    dsr_slice one;
    while (dsr_slice_next_field(&list, '|', &one)) {
        one = dsr_slice_trim(one);
        uint32_t other;
        size_t words;
        if (one.len > 1 && one.ptr[0] == '@') {
            dsr_status status = dsr_rule_class_named(r, dsr_slice_part(one, 1, one.len), &other);
            if (status != DSR_OK ||
                DSR_LIST_RESERVE(r->scratch, &r->list.items[number].others, 1) != DSR_OK) {
                return DSR_ERR_MEMORY;
            }
            dsr_class *to = &r->list.items[number];
            to->others.items[to->others.count++] = other;
            continue;
        }
        uint64_t word = phrase_of(one, &words);
        if (words == 0) {
            dsr_status status = dsr_rule_flaw_add(
                r, r->line, "\"%.*s\" is no word: a word or up to four are expected between two \"|\"",
                DSR_PRINT(dsr_slice_part(one, 0, 40)));
            if (status != DSR_OK) {
                return status;
            }
            continue;
        }
        dsr_class *to = &r->list.items[number];
        if (DSR_LIST_RESERVE(r->scratch, &to->words, 2) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        to->words.items[to->words.count++] = word;
        uint64_t parted = words == 1 ? parted_word(one) : 0;
        if (parted != 0) {
            to->words.items[to->words.count++] = parted;
        }
    }
    return DSR_OK;
}

dsr_status dsr_rule_class_told(dsr_rule_reader *r, dsr_slice name, dsr_slice words)
{
    uint32_t number;
    dsr_status status = dsr_rule_class_named(r, name, &number);
    if (status != DSR_OK) {
        return status;
    }
    dsr_class *told = &r->list.items[number];
    if (told->line != 0 && dsr_slice_equal(told->path, r->path)) {
        return dsr_rule_flaw_add(r, r->line, "the class %.*s stands in line %zu already; put the words there",
                                 DSR_PRINT(dsr_slice_part(name, 0, 40)), told->line);
    }
    /* A user's file adds to a class of Dossier's own. */
    told->line = r->line;
    told->path = r->path;
    return take_words(r, number, words);
}

dsr_status dsr_rule_class_of(dsr_rule_reader *r, dsr_slice words, uint32_t *out)
{
    bool alone = words.len > 1 && words.ptr[0] == '@' && dsr_slice_find(words, DSR_SLICE("|"), 0) == SIZE_MAX;
    if (alone) {
        return dsr_rule_class_named(r, dsr_slice_part(words, 1, words.len), out);
    }
    uint32_t number = (uint32_t)r->list.count;
    if (DSR_LIST_RESERVE(r->scratch, &r->list, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    r->list.items[r->list.count++] = (dsr_class){.path = r->path, .line = r->line};
    *out = number;
    return take_words(r, number, words);
}

/* ---- the end: classes within classes ---- */

typedef struct walk {
    dsr_rule_reader *r;
    size_t members; /* of all classes */
} walk;

static dsr_status flaw_at(dsr_rule_reader *r, const dsr_class *at, const char *what, const dsr_class *other)
{
    dsr_slice path = r->path;
    r->path = at->path;
    dsr_status status = dsr_rule_flaw_add(r, at->line != 0 ? at->line : at->spoken, "the class @%.*s %s",
                                          DSR_PRINT(dsr_slice_part(other->name, 0, 40)), what);
    r->path = path;
    return status;
}

static dsr_status add_words(walk *w, uint32_t to, const dsr_class *from)
{
    for (size_t i = 0; i < from->words.count; i++) {
        if (++w->members > DSR_LIMIT_RULE_MEMBERS) {
            return DSR_OK;
        }
        dsr_status status = dsr_map_put(w->r->rules->members, dsr_rule_key(to, from->words.items[i]), 1);
        if (status != DSR_OK) {
            return status;
        }
    }
    return DSR_OK;
}

/* Everything that `from` takes in becomes a member of `to`. Depth is bounded, so that the stack is. */
static dsr_status add_all(walk *w, uint32_t to, uint32_t from, unsigned depth)
{
    dsr_class *class_at = &w->r->list.items[from];
    w->members++; /* a visit costs, even where it finds no word */
    if (class_at->state == STATE_UNDER_WAY || depth == 0) {
        bool told = class_at->cyclic;
        class_at->cyclic = true;
        return told ? DSR_OK
                    : flaw_at(w->r, class_at, "takes in itself, by way of others; take it out of one of them",
                              class_at);
    }
    class_at->state = STATE_UNDER_WAY;
    dsr_status status = add_words(w, to, class_at);
    for (size_t i = 0; status == DSR_OK && i < class_at->others.count; i++) {
        if (w->members > DSR_LIMIT_RULE_MEMBERS) {
            break;
        }
        status = add_all(w, to, class_at->others.items[i], depth - 1);
    }
    class_at->state = STATE_OPEN;
    return status;
}

dsr_status dsr_rule_classes_close(dsr_rule_reader *r)
{
    walk w = {r, 0};
    size_t told = 0;
    for (uint32_t i = 0; i < r->list.count; i++) {
        const dsr_class *c = &r->list.items[i];
        dsr_status status = DSR_OK;
        if (c->line == 0 && c->name.len > 0) {
            status = flaw_at(r, c, "is spoken of but told nowhere", c);
        } else if (c->name.len > 0 &&
                   dsr_map_put(r->rules->words, dsr_rule_key(DSR_RULE_CLASS, dsr_rule_word(c->name)), i) !=
                       DSR_OK) {
            return DSR_ERR_MEMORY;
        } else if (told < DSR_LIMIT_RULE_FLAWS) {
            size_t before = r->rules->flaws.count;
            status = add_all(&w, i, i, DSR_LIMIT_RULE_DEPTH);
            told += r->rules->flaws.count - before;
        }
        if (status != DSR_OK) {
            return status;
        }
    }
    if (w.members > DSR_LIMIT_RULE_MEMBERS) {
        return dsr_rule_flaw_add(r, r->line,
                                 "all classes together have more than %d words; the rest is left out",
                                 (int)DSR_LIMIT_RULE_MEMBERS);
    }
    return DSR_OK;
}
