/* Reads the dictionaries of TABARI (.verbs, .actors, .agents) and PETRARCH line by line. Must not know
 * reports. */
#include "events/import.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <string.h>

enum { NAME_BYTES = 200, CODE_BYTES = 12, PATTERN_WORDS = 3, WORDS_MOST = 4, ROOTS = 21 };

typedef struct importer {
    dsr_buffer *to;
    dsr_import_counts *counts;
    char verb[NAME_BYTES];   /* the one that patterns belong to; "" for none */
    char code[CODE_BYTES];   /* of the block */
    char actor[NAME_BYTES];  /* that waits for its code; names joined by "|" */
    char synset[NAME_BYTES]; /* whose words are being read; "" for none */
    dsr_buffer words;        /* of it */
} importer;

dsr_slice dsr_cameo_type(dsr_slice code)
{
    static const char *const types[ROOTS] = {
        NULL,      NULL,       "REQUEST",  "AGREE",   "CONSULT", "SUPPORT", "COOPERATE",
        "AID",     "CONCEDE",  "ACCUSE",   "REQUEST", "ACCUSE",  "REJECT",  "THREATEN",
        "PROTEST", "MOBILIZE", "SANCTION", "COERCE",  "ASSAULT", "ASSAULT", "ASSAULT"};
    if (code.len < 2 || code.len > 4) {
        return DSR_SLICE_NONE;
    }
    for (size_t i = 0; i < code.len; i++) {
        if (code.ptr[i] < '0' || code.ptr[i] > '9') {
            return DSR_SLICE_NONE;
        }
    }
    unsigned root = (unsigned)(code.ptr[0] - '0') * 10 + (unsigned)(code.ptr[1] - '0');
    if (root == 8 && code.len > 2 && code.ptr[2] >= '4') {
        return DSR_SLICE("RETREAT");
    }
    return root < ROOTS ? dsr_slice_of(types[root]) : DSR_SLICE_NONE;
}

/* ---- words ---- */

/* Small letters, "_" a blank, without what cannot stand in a rule; false where nothing is left. */
static bool clean_words(dsr_slice text, char out[NAME_BYTES])
{
    size_t used = 0, words = 1;
    text = dsr_slice_trim(text);
    for (size_t i = 0; i < text.len && used + 2 < NAME_BYTES; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '\'' || c == '.' || c >= 0x80;
        if (letter) {
            out[used++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : (char)c;
        } else if ((c == '_' || c == ' ') && used > 0 && out[used - 1] != ' ') {
            out[used++] = ' ';
        }
    }
    while (used > 0 && out[used - 1] == ' ') {
        used--;
    }
    out[used] = '\0';
    for (size_t i = 0; i < used; i++) {
        words += out[i] == ' ';
    }
    return used > 0 && words <= WORDS_MOST && dsr_utf8_is_valid((dsr_slice){out, used}, NULL);
}

/* What stands in the first brackets: "[112]", "[AFGGOV 010101-020202]", "[030:140]". */
static bool code_of(dsr_slice line, char out[CODE_BYTES])
{
    size_t open = dsr_slice_find(line, DSR_SLICE("["), 0);
    size_t used = 0;
    for (size_t i = open == SIZE_MAX ? line.len : open + 1; i < line.len && used + 1 < CODE_BYTES; i++) {
        char c = line.ptr[i];
        bool part = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
        if (!part && c != '~') {
            break;
        }
        if (part) {
            out[used++] = c;
        }
    }
    out[used] = '\0';
    return used > 0;
}

static bool is_number(const char *code)
{
    return code[0] >= '0' && code[0] <= '9';
}

static dsr_slice before_code(dsr_slice line)
{
    static const char *const ends[] = {"[", ";", "#", "{"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        line = dsr_slice_part(line, 0, dsr_slice_find(line, dsr_slice_of(ends[i]), 0));
    }
    return dsr_slice_trim(line);
}

/* ---- lines ---- */

static void write_verb(importer *in, const char *verb, dsr_slice slots, const char *code)
{
    dsr_slice type = dsr_cameo_type(dsr_slice_of(code));
    if (type.len == 0 || verb[0] == '\0') {
        in->counts->skipped++;
        return;
    }
    dsr_buffer_append_format(in->to, "verb\t%s\t%.*s\t%.*s\t-\t%s\n", verb, DSR_PRINT(slots), DSR_PRINT(type),
                             code);
    in->counts->rules++;
}

/* "- * OF CORRUPTION [1121]": words and synsets; signs for actors and places are left out. */
static void read_pattern(importer *in, dsr_slice line)
{
    dsr_buffer slots;
    char code[CODE_BYTES], word[NAME_BYTES];
    dsr_slice rest = before_code(dsr_slice_part(line, 1, line.len)), one;
    unsigned words = 0;
    if (!code_of(line, code)) {
        in->counts->skipped++;
        return;
    }
    dsr_buffer_open(&slots, 0);
    while (words < PATTERN_WORDS && dsr_slice_next_field(&rest, ' ', &one)) {
        bool synset = one.len > 1 && one.ptr[0] == '&';
        bool plain = one.len > 1 && strchr("$+%*()^@!", one.ptr[0]) == NULL;
        if ((synset || plain) && clean_words(dsr_slice_part(one, synset ? 1 : 0, one.len), word)) {
            for (char *c = word; *c != '\0'; c++) {
                *c = *c == ' ' ? '_' : *c;
            }
            dsr_buffer_append_format(&slots, "%sany:%s%s", words > 0 ? " " : "", synset ? "@" : "", word);
            words++;
        }
    }
    if (slots.status != DSR_OK && in->to->status == DSR_OK) {
        in->to->status = slots.status;
    }
    if (words == 0) {
        in->counts->skipped++;
    } else {
        write_verb(in, in->verb, dsr_buffer_slice(&slots), code);
    }
    dsr_buffer_drop(&slots);
}

static void end_class(importer *in)
{
    if (in->synset[0] != '\0' && in->words.len > 0) {
        dsr_buffer_append_format(in->to, "class\t%s\t", in->synset);
        dsr_buffer_append(in->to, dsr_buffer_slice(&in->words));
        dsr_buffer_append_char(in->to, '\n');
        in->counts->rules++;
    }
    if (in->words.status != DSR_OK && in->to->status == DSR_OK) {
        in->to->status = in->words.status;
    }
    in->synset[0] = '\0';
    dsr_buffer_reset(&in->words);
}

static void read_class(importer *in, dsr_slice line)
{
    char name[NAME_BYTES];
    if (clean_words(before_code(dsr_slice_part(line, 1, line.len)), name)) {
        for (char *c = name; *c != '\0'; c++) {
            *c = *c == ' ' ? '_' : *c;
        }
        memcpy(in->synset, name, strlen(name) + 1);
    }
}

static void add_class_word(importer *in, dsr_slice words)
{
    char word[NAME_BYTES];
    if (clean_words(words, word)) {
        dsr_buffer_append_format(&in->words, "%s%s", in->words.len > 0 ? "|" : "", word);
    }
}

static void add_actor_name(importer *in, dsr_slice words)
{
    char name[NAME_BYTES];
    size_t used = strlen(in->actor);
    if (clean_words(words, name) && used + strlen(name) + 2 < NAME_BYTES) {
        if (used > 0) {
            in->actor[used++] = '|';
        }
        memcpy(in->actor + used, name, strlen(name) + 1);
    }
}

static void end_actor(importer *in, const char *code)
{
    if (in->actor[0] != '\0') {
        dsr_buffer_append_format(in->to, "actor\t%s\t-\t%s\n", in->actor, code);
        in->counts->rules++;
    } else {
        in->counts->skipped++;
    }
}

/* "--- ACCUSE [112] ---" */
static void read_block(importer *in, dsr_slice line)
{
    if (!code_of(line, in->code)) {
        in->code[0] = '\0';
    }
    in->verb[0] = '\0';
    in->actor[0] = '\0';
}

static void read_entry(importer *in, dsr_slice line)
{
    char code[CODE_BYTES];
    dsr_slice words = before_code(line);
    bool coded = code_of(line, code);
    if (coded && !is_number(code)) {
        if (words.len > 0) {
            in->actor[0] = '\0';
            add_actor_name(in, words);
        }
        end_actor(in, code);
        return;
    }
    /* Names end in "_"; the codes of one may follow in lines of their own, the present one last. */
    bool name = !coded && words.len > 0 && words.ptr[words.len - 1] == '_';
    if (!coded && words.len > 0 && dsr_slice_find(line, DSR_SLICE("["), 0) != SIZE_MAX) {
        in->counts->skipped++; /* "[---]": a verb that only its patterns give a code */
        if (!clean_words(words, in->verb)) {
            in->verb[0] = '\0';
        }
        return;
    }
    const char *own = coded ? code : name ? "" : in->code;
    if (own[0] != '\0' && words.len > 0) {
        if (!clean_words(words, in->verb)) {
            in->verb[0] = '\0';
        }
        write_verb(in, in->verb, DSR_SLICE("-"), own);
    } else if (words.len > 0) {
        in->actor[0] = '\0';
        add_actor_name(in, words);
    }
}

static void read_line(importer *in, dsr_slice line)
{
    if (line.len == 0 || line.ptr[0] == ';' || line.ptr[0] == '#' || line.ptr[0] == '<') {
        return;
    }
    if (line.ptr[0] == '+') {
        dsr_slice words = before_code(dsr_slice_part(line, 1, line.len));
        if (in->synset[0] != '\0') {
            add_class_word(in, words);
        } else {
            add_actor_name(in, words);
        }
        return;
    }
    end_class(in);
    if (dsr_slice_starts(line, DSR_SLICE("---"))) {
        read_block(in, line);
    } else if (line.ptr[0] == '-') {
        read_pattern(in, line);
    } else if (line.ptr[0] == '&') {
        read_class(in, line);
    } else {
        read_entry(in, line);
    }
}

void dsr_rules_import(dsr_buffer *to, dsr_slice text, dsr_import_counts *counts)
{
    importer in = {.to = to, .counts = counts};
    dsr_buffer_open(&in.words, DSR_LIMIT_DATA_BYTES);
    dsr_slice line;
    while (dsr_slice_next_line(&text, &line)) {
        read_line(&in, dsr_slice_trim(line));
    }
    end_class(&in);
    dsr_buffer_drop(&in.words);
}
