/* Opens rule files and hands their lines on. */
#include "events/rules.h"

#include "base/hash.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "events/rules_parts.h"
#include "lexicon/file.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char STAGE[] = "rules";
enum { WORD_SEED = 0x72756c, WORD_BYTES = 96, MESSAGE_BYTES = 400 };

static const char *const own_files[] = {"en/actors.tsv", "places/cameo.tsv", "en/events.tsv",
                                        "en/positions.tsv", "en/issues.tsv"};

uint64_t dsr_rule_word(dsr_slice word)
{
    char folded[3 * WORD_BYTES];
    word = dsr_slice_part(word, 0, WORD_BYTES);
    size_t plain = 0;
    /* Almost all words are ASCII: small letters are all that is to be made of them. */
    while (plain < word.len && (unsigned char)word.ptr[plain] < 0x80) {
        char c = word.ptr[plain];
        folded[plain++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    if (plain == word.len) {
        return dsr_hash64((dsr_slice){folded, plain}, WORD_SEED);
    }
    return dsr_hash64((dsr_slice){folded, dsr_fold_word(word, folded, sizeof folded)}, WORD_SEED);
}

dsr_slice dsr_rule_name(const dsr_coding_rules *rules, dsr_rule_kind kind, uint64_t word)
{
    uint32_t number = dsr_map_get(rules->words, dsr_rule_key((uint64_t)kind, word));
    return number == DSR_MAP_NONE ? DSR_SLICE_NONE : rules->names.items[number];
}

uint32_t dsr_rule_class(const dsr_coding_rules *rules, dsr_slice name)
{
    return dsr_map_get(rules->words, dsr_rule_key(DSR_RULE_CLASS, dsr_rule_word(name)));
}

dsr_status dsr_rule_flaw_add(dsr_rule_reader *r, size_t line, const char *format, ...)
{
    char message[MESSAGE_BYTES];
    dsr_coding_rules *rules = r->rules;
    dsr_rule_flaw flaw = {.path = r->path, .line = line};
    r->flaws++;
    if (rules->flaws.count >= DSR_LIMIT_RULE_FLAWS) {
        return DSR_OK;
    }
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    dsr_slice text = dsr_slice_of(message);
    size_t bad = text.len;
    if (!dsr_utf8_is_valid(text, &bad)) {
        text.len = bad;
    }
    if (dsr_arena_copy(rules->arena, text, &flaw.message) != DSR_OK ||
        DSR_LIST_RESERVE(rules->arena, &rules->flaws, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    rules->flaws.items[rules->flaws.count++] = flaw;
    return DSR_OK;
}

/* ---- one file ---- */

static dsr_status read_text(dsr_rule_reader *r, dsr_slice text)
{
    dsr_status status = DSR_OK;
    dsr_slice line;
    size_t entries = 0;
    r->line = 0;
    if (memchr(text.ptr != NULL ? text.ptr : "", 0, text.len) != NULL) {
        return dsr_rule_flaw_add(r, 1,
                                 "there are zero bytes in it, as UTF-16 has them; save the file as UTF-8");
    }
    while (status == DSR_OK && dsr_slice_next_line(&text, &line)) {
        r->line++;
        while (line.len > 0 && strchr(" \r\t", line.ptr[line.len - 1]) != NULL) {
            line.len--;
        }
        if (line.len == 0 || line.ptr[0] == '#') {
            continue;
        }
        if (++entries > DSR_LIMIT_RULES) {
            return dsr_rule_flaw_add(r, r->line,
                                     "a file has at most %d lines of rules; this one and what "
                                     "follows it are left out",
                                     (int)DSR_LIMIT_RULES);
        }
        status = dsr_utf8_is_valid(line, NULL)
                     ? dsr_rule_line(r, line)
                     : dsr_rule_flaw_add(r, r->line, "this is not UTF-8; save the file as UTF-8");
    }
    return status;
}

static dsr_status read_file(dsr_rule_reader *r, const char *folder, const char *name, dsr_error *error)
{
    dsr_lexicon_file file;
    bool found = false;
    dsr_status status = dsr_lexicon_file_open_any(r->rules->arena, folder, name, &file, &found, error);
    if (status != DSR_OK || !found) {
        return status;
    }
    r->path = file.path;
    status = read_text(r, file.rest);
    return status == DSR_OK ? DSR_OK : dsr_fail_memory(error, STAGE);
}

/* ---- all of them ---- */

static dsr_status begin(dsr_rule_reader *r, dsr_error *error)
{
    dsr_coding_rules *rules = calloc(1, sizeof *rules);
    *r = (dsr_rule_reader){.rules = rules};
    if (rules == NULL) {
        return dsr_fail_memory(error, STAGE);
    }
    rules->arena = dsr_arena_new(0);
    rules->of = dsr_rule_word(DSR_SLICE("of"));
    rules->by = dsr_rule_word(DSR_SLICE("by"));
    rules->first = dsr_map_new(4096);
    rules->members = dsr_map_new(8192);
    rules->words = dsr_map_new(2048);
    r->scratch = dsr_arena_new(0);
    r->seen = dsr_map_new(4096);
    r->classes = dsr_map_new(256);
    bool made = rules->arena != NULL && rules->first != NULL && rules->members != NULL &&
                rules->words != NULL && r->scratch != NULL && r->seen != NULL && r->classes != NULL;
    return made ? DSR_OK : dsr_fail_memory(error, STAGE);
}

static dsr_status finish(dsr_rule_reader *r, dsr_status status, dsr_coding_rules **out, dsr_error *error)
{
    if (status == DSR_OK && dsr_rule_classes_close(r) != DSR_OK) {
        status = dsr_fail_memory(error, STAGE);
    }
    dsr_map_drop(r->classes);
    dsr_map_drop(r->seen);
    dsr_arena_drop(r->scratch);
    if (status != DSR_OK) {
        dsr_coding_rules_drop(r->rules);
        return status;
    }
    *out = r->rules;
    return DSR_OK;
}

dsr_status dsr_coding_rules_open(const char *data_folder, const char *user_folder, dsr_coding_rules **out,
                                 dsr_error *error)
{
    dsr_rule_reader r;
    dsr_status status = begin(&r, error);
    const char *const folders[] = {data_folder, user_folder};
    for (size_t k = 0; k < 2; k++) {
        r.user = k == 1;
        for (size_t i = 0; folders[k] != NULL && status == DSR_OK && i < sizeof own_files / sizeof *own_files;
             i++) {
            status = read_file(&r, folders[k], own_files[i], error);
        }
    }
    return finish(&r, status, out, error);
}

dsr_status dsr_coding_rules_open_bytes(dsr_slice bytes, const char *name, dsr_coding_rules **out,
                                       dsr_error *error)
{
    dsr_rule_reader r;
    dsr_slice copy = DSR_SLICE("");
    dsr_status status = begin(&r, error);
    if (status == DSR_OK && ((bytes.len > 0 && dsr_arena_copy(r.rules->arena, bytes, &copy) != DSR_OK) ||
                             dsr_arena_copy(r.rules->arena, dsr_slice_of(name), &r.path) != DSR_OK ||
                             read_text(&r, copy) != DSR_OK)) {
        status = dsr_fail_memory(error, STAGE);
    }
    return finish(&r, status, out, error);
}

dsr_status dsr_coding_rules_open_file(const char *path, dsr_coding_rules **out, dsr_error *error)
{
    dsr_rule_reader r;
    dsr_lexicon_file file;
    bool found = false;
    const char *slash = strrchr(path, '/');
    dsr_status status = begin(&r, error);
    dsr_slice folder = DSR_SLICE(".");
    if (status == DSR_OK && slash != NULL) {
        dsr_slice whole = {path, slash == path ? 1 : (size_t)(slash - path)};
        status =
            dsr_arena_copy(r.rules->arena, whole, &folder) == DSR_OK ? DSR_OK : dsr_fail_memory(error, STAGE);
    }
    if (status == DSR_OK) {
        status = dsr_lexicon_file_open_any(r.rules->arena, folder.ptr, slash != NULL ? slash + 1 : path,
                                           &file, &found, error);
    }
    if (status == DSR_OK && !found) {
        status = dsr_fail(error, DSR_ERR_NOT_FOUND, STAGE, "there is no such file");
        dsr_error_set_subject(error, path, strlen(path));
    }
    if (status == DSR_OK) {
        r.path = dsr_slice_of(path);
        status =
            dsr_arena_copy(r.rules->arena, r.path, &r.path) == DSR_OK && read_text(&r, file.rest) == DSR_OK
                ? DSR_OK
                : dsr_fail_memory(error, STAGE);
    }
    return finish(&r, status, out, error);
}

void dsr_coding_rules_drop(dsr_coding_rules *rules)
{
    if (rules != NULL) {
        dsr_map_drop(rules->words);
        dsr_map_drop(rules->members);
        dsr_map_drop(rules->first);
        dsr_arena_drop(rules->arena);
        free(rules);
    }
}

const dsr_rule_flaw *dsr_coding_rules_flaws(const dsr_coding_rules *rules, size_t *count)
{
    *count = rules->flaws.count;
    return rules->flaws.items;
}

size_t dsr_coding_rules_count(const dsr_coding_rules *rules)
{
    return rules->lines;
}
