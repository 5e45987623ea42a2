/* Keys of names by rewriting letters. Must not know what else speaks for two names being one. */
#include "entity/key.h"

#include "entity/letters.h"

#include <string.h>

enum { RULE_LETTERS = 6, LETTERS = 26 };

typedef struct rule {
    dsr_slice from, to;
    bool at_start, at_end;
} rule;

struct dsr_key_rules {
    DSR_LIST(rule) rules;         /* by their first letter, else in the order of the file */
    uint32_t starts[LETTERS + 1]; /* of each letter's rules */
};

static bool fits(const rule *r, dsr_slice word, size_t at)
{
    return at + r->from.len <= word.len && memcmp(word.ptr + at, r->from.ptr, r->from.len) == 0 &&
           (!r->at_start || at == 0) && (!r->at_end || at + r->from.len == word.len);
}

/* The longest rule that fits at a place; of two equally long ones the one bound to a place. */
static const rule *find_rule(const dsr_key_rules *rules, dsr_slice word, size_t at)
{
    const rule *best = NULL;
    unsigned letter = (unsigned char)word.ptr[at] - (unsigned)'a';
    if (letter >= LETTERS) {
        return NULL;
    }
    for (size_t i = rules->starts[letter]; i < rules->starts[letter + 1]; i++) {
        const rule *r = &rules->rules.items[i];
        if (!fits(r, word, at)) {
            continue;
        }
        if (best == NULL || r->from.len > best->from.len ||
            (r->from.len == best->from.len && (r->at_start || r->at_end) && !best->at_start &&
             !best->at_end)) {
            best = r;
        }
    }
    return best;
}

/* Appends `part`, a letter at most once in a row. */
static size_t append(char out[DSR_KEY_BYTES], size_t used, size_t word_start, dsr_slice part)
{
    for (size_t i = 0; i < part.len && used < DSR_KEY_BYTES; i++) {
        char c = part.ptr[i];
        bool digit = c >= '0' && c <= '9';
        bool ascii = (unsigned char)c < 0x80;
        if (used > word_start && out[used - 1] == c && ascii && !digit) {
            continue;
        }
        out[used++] = c;
    }
    return used;
}

static size_t key_of_folded(const dsr_key_rules *rules, dsr_slice word, char out[DSR_KEY_BYTES], size_t used)
{
    size_t start = used;
    size_t at = 0;
    while (at < word.len) {
        const rule *r = find_rule(rules, word, at);
        used = append(out, used, start, r != NULL ? r->to : dsr_slice_part(word, at, at + 1));
        at += r != NULL ? r->from.len : 1;
    }
    return used;
}

size_t dsr_key_of_word(const dsr_key_rules *rules, dsr_slice word, char out[DSR_KEY_BYTES])
{
    char folded[DSR_KEY_BYTES];
    size_t count = dsr_letters_fold(word, '\0', folded, sizeof folded);
    return key_of_folded(rules, (dsr_slice){folded, count}, out, 0);
}

size_t dsr_key_of_name(const dsr_key_rules *rules, dsr_slice name, char out[DSR_KEY_BYTES])
{
    char folded[DSR_KEY_BYTES];
    size_t count = dsr_letters_fold(name, '-', folded, sizeof folded);
    dsr_slice rest = {folded, count};
    dsr_slice word;
    size_t used = 0;
    while (dsr_slice_next_field(&rest, '-', &word)) {
        if (used > 0 && used < DSR_KEY_BYTES) {
            out[used++] = '-';
        }
        used = key_of_folded(rules, word, out, used);
    }
    return used;
}

size_t dsr_key_skeleton(const dsr_key_rules *rules, dsr_slice word, char out[DSR_KEY_BYTES])
{
    char key[DSR_KEY_BYTES];
    size_t count = dsr_key_of_word(rules, word, key);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        bool vowel = memchr("aeiou", key[i], 5) != NULL;
        if (i == 0) {
            out[used++] = vowel ? '*' : key[i];
        } else if (!vowel && key[i] != 'h' && key[i] != out[used - 1]) {
            out[used++] = key[i];
        }
    }
    return used;
}

/* ---- reading ---- */

static bool is_letters(dsr_slice s, bool may_be_none)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < 'a' || s.ptr[i] > 'z') {
            return false;
        }
    }
    return s.len <= RULE_LETTERS && (may_be_none || s.len > 0);
}

static bool read_rule(dsr_slice line, rule *out)
{
    dsr_slice place;
    *out = (rule){{0}, {0}, false, false};
    if (!dsr_slice_next_field(&line, '\t', &out->from) || !dsr_slice_next_field(&line, '\t', &out->to) ||
        !dsr_slice_next_field(&line, '\t', &place)) {
        return false;
    }
    out->at_start = dsr_slice_equal(place, DSR_SLICE("start"));
    out->at_end = dsr_slice_equal(place, DSR_SLICE("end"));
    if (dsr_slice_equal(out->to, DSR_SLICE("-"))) {
        out->to = DSR_SLICE("");
    }
    return is_letters(out->from, false) && is_letters(out->to, true) &&
           (out->at_start || out->at_end || dsr_slice_equal(place, DSR_SLICE("any")));
}

/* Puts the rules in the order of their first letters. */
static dsr_status sort_rules(dsr_arena *arena, dsr_key_rules *rules)
{
    rule *sorted = dsr_arena_alloc_array(arena, rules->rules.count, sizeof *sorted);
    size_t count = 0;
    if (sorted == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (unsigned letter = 0; letter < LETTERS; letter++) {
        rules->starts[letter] = (uint32_t)count;
        for (size_t i = 0; i < rules->rules.count; i++) {
            if (rules->rules.items[i].from.ptr[0] == (char)('a' + letter)) {
                sorted[count++] = rules->rules.items[i];
            }
        }
    }
    rules->starts[LETTERS] = (uint32_t)count;
    rules->rules.items = sorted;
    rules->rules.capacity = count;
    return DSR_OK;
}

dsr_status dsr_key_rules_open(dsr_arena *arena, const char *folder, dsr_key_rules **out, dsr_error *error)
{
    dsr_key_rules *rules = dsr_arena_alloc(arena, sizeof *rules);
    dsr_lexicon_file file;
    bool found = false;
    if (rules == NULL) {
        return dsr_fail_memory(error, "entity");
    }
    dsr_status status = dsr_lexicon_file_open(arena, folder, "names/keys.tsv", &file, &found, error);
    if (status != DSR_OK) {
        return status;
    }
    if (!found) {
        status = dsr_fail(error, DSR_ERR_NOT_FOUND, "entity",
                          "names/keys.tsv is missing there; a complete data folder was expected");
        dsr_error_set_subject(error, folder, strlen(folder));
        return status;
    }
    while (dsr_lexicon_file_next(&file)) {
        rule r;
        if (!read_rule(file.line, &r)) {
            return dsr_lexicon_file_fail(
                &file, error, "letters, letters or \"-\", and \"any\", \"start\" or \"end\" were expected");
        }
        if (DSR_LIST_RESERVE(arena, &rules->rules, 1) != DSR_OK) {
            return dsr_fail_memory(error, "entity");
        }
        rules->rules.items[rules->rules.count++] = r;
    }
    if (sort_rules(arena, rules) != DSR_OK) {
        return dsr_fail_memory(error, "entity");
    }
    *out = rules;
    return DSR_OK;
}
