/* Lines of rule files, by their first field. Each kind has a row in a table and a function. */
#include "base/limits.h"
#include "events/rules_parts.h"

#include <string.h>

enum { FIELDS = 6 };
typedef dsr_slice fields[FIELDS];
enum { WORDS = 1, SLOTS = 2, RESULT = 3, MODE = 4, CAMEO = 5 };

static bool is_none(dsr_slice field)
{
    return field.len == 0 || dsr_slice_equal(field, DSR_SLICE("-"));
}

static dsr_slice value_of(dsr_slice field)
{
    return is_none(field) ? DSR_SLICE_NONE : field;
}

/* ---- results ---- */

static bool is_cameo(dsr_slice code)
{
    bool digits = code.len >= 2 && code.len <= 4;
    for (size_t i = 0; i < code.len; i++) {
        digits = digits && code.ptr[i] >= '0' && code.ptr[i] <= '9';
    }
    return digits &&
           (code.ptr[0] == '0' || code.ptr[0] == '1' || (code.ptr[0] == '2' && code.ptr[1] == '0')) &&
           !(code.ptr[0] == '0' && code.ptr[1] == '0');
}

static dsr_status read_codes(dsr_rule_reader *r, fields f, bool *good)
{
    *good = is_none(f[CAMEO]) || is_cameo(f[CAMEO]);
    return *good ? DSR_OK
                 : dsr_rule_flaw_add(r, r->line,
                                     "\"%.*s\" is no CAMEO code: 01 to 20, and up to two digits more",
                                     DSR_PRINT(dsr_slice_part(f[CAMEO], 0, 20)));
}

static dsr_status read_type(dsr_rule_reader *r, dsr_slice name, uint8_t *out, bool *good)
{
    dsr_event_type type = DSR_EVENT_AGREE;
    *good = dsr_event_type_parse(name, &type);
    *out = (uint8_t)type;
    return *good ? DSR_OK
                 : dsr_rule_flaw_add(r, r->line,
                                     "\"%.*s\" is no type of event (AGREE, CONSULT, SUPPORT ... "
                                     "ASSAULT)",
                                     DSR_PRINT(dsr_slice_part(name, 0, 40)));
}

static dsr_status read_result(dsr_rule_reader *r, fields f, dsr_rule *rule, bool *good)
{
    dsr_event_type type;
    dsr_stance stance;
    *good = true;
    if (dsr_event_type_parse(f[RESULT], &type)) {
        rule->result = (uint8_t)type;
        rule->mode = value_of(f[MODE]);
        rule->cameo = value_of(f[CAMEO]);
        return read_codes(r, f, good);
    }
    rule->stance = true;
    if (dsr_stance_parse(f[RESULT], &stance)) {
        rule->result = (uint8_t)stance;
        return DSR_OK;
    }
    *good = false;
    return dsr_rule_flaw_add(r, r->line,
                             "\"%.*s\" is neither a type of event (AGREE ... ASSAULT) nor a stance (demand "
                             "reject offer accept threat deny concern accuse)",
                             DSR_PRINT(dsr_slice_part(f[RESULT], 0, 40)));
}

/* ---- slots ---- */

static bool is_slot_name(dsr_slice name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (!(name.ptr[i] >= 'a' && name.ptr[i] <= 'z')) {
            return false;
        }
    }
    return name.len > 0 && name.len < 12;
}

static void read_slot_name(dsr_slice name, dsr_rule_slot *slot)
{
    static const char *const names[DSR_SLOT_PREP] = {"subj", "obj",  "to",  "that", "ing",
                                                     "mod",  "poss", "neg", "said", "any"};
    slot->kind = DSR_SLOT_PREP;
    slot->preposition = dsr_rule_word(name);
    for (unsigned i = 0; i < DSR_SLOT_PREP; i++) {
        if (dsr_slice_equal(name, dsr_slice_of(names[i]))) {
            slot->kind = (uint8_t)i;
        }
    }
}

/* "obj:troops|@FORCE", "!to:*", "with:ACTOR"; blanks within a value are written "_". */
static dsr_status read_slot(dsr_rule_reader *r, dsr_slice text, dsr_rule_slot *slot, bool *good)
{
    *slot = (dsr_rule_slot){.fill = DSR_FILL_ANY};
    slot->not = text.len > 0 && text.ptr[0] == '!';
    text = dsr_slice_part(text, slot->not ? 1 : 0, text.len);
    size_t colon = dsr_slice_find(text, DSR_SLICE(":"), 0);
    dsr_slice name = dsr_slice_part(text, 0, colon);
    dsr_slice value = colon == SIZE_MAX ? DSR_SLICE("*") : dsr_slice_part(text, colon + 1, text.len);
    *good = is_slot_name(name) && value.len > 0;
    if (!*good) {
        return dsr_rule_flaw_add(r, r->line,
                                 "\"%.*s\" is no slot: \"obj:troops|army\", \"on:@PLACE\", \"to:*\" or "
                                 "\"!with:ACTOR\" were expected",
                                 DSR_PRINT(dsr_slice_part(text, 0, 40)));
    }
    read_slot_name(name, slot);
    if (dsr_slice_equal(value, DSR_SLICE("*"))) {
        return DSR_OK;
    }
    if (dsr_slice_equal(value, DSR_SLICE("ACTOR"))) {
        slot->fill = DSR_FILL_ACTOR;
        return DSR_OK;
    }
    if (dsr_slice_equal(value, DSR_SLICE("NOUN"))) {
        slot->fill = DSR_FILL_NOUN;
        return DSR_OK;
    }
    if (dsr_slice_equal(value, DSR_SLICE("PLACE"))) {
        slot->fill = DSR_FILL_PLACE;
        return DSR_OK;
    }
    char *spaced = dsr_arena_alloc(r->scratch, value.len + 1);
    if (spaced == NULL) {
        return DSR_ERR_MEMORY;
    }
    bool reference = false; /* to a class: stays as it is */
    for (size_t i = 0; i < value.len; i++) {
        reference = value.ptr[i] == '@' || (reference && value.ptr[i] != '|');
        spaced[i] = value.ptr[i] == '_' && !reference ? ' ' : value.ptr[i];
    }
    return dsr_rule_class_of(r, (dsr_slice){spaced, value.len}, &slot->fill);
}

static dsr_status read_slots(dsr_rule_reader *r, dsr_slice text, dsr_rule *rule, bool *good)
{
    dsr_slice one;
    *good = true;
    rule->slots = (uint32_t)r->rules->slots.count;
    while (!is_none(text) && dsr_slice_next_field(&text, ' ', &one)) {
        if (one.len == 0) {
            continue;
        }
        if (rule->slot_count == DSR_RULE_SLOTS) {
            *good = false;
            return dsr_rule_flaw_add(r, r->line, "a rule has at most %d slots", (int)DSR_RULE_SLOTS);
        }
        dsr_status status = DSR_LIST_RESERVE(r->rules->arena, &r->rules->slots, 1);
        if (status == DSR_OK) {
            status = read_slot(r, one, &r->rules->slots.items[r->rules->slots.count], good);
        }
        if (status != DSR_OK || !*good) {
            return status;
        }
        r->rules->slots.count++;
        rule->slot_count++;
    }
    return DSR_OK;
}

/* ---- heads ---- */

/* The same words with the same slots twice: which of them is meant nobody can tell. A user's rule may stand
 * for one of Dossier's own. */
static dsr_status check_seen(dsr_rule_reader *r, const dsr_rule *rule, dsr_slice words, bool *good)
{
    uint64_t key =
        dsr_rule_key((uint64_t)rule->kind + (rule->stance ? 100u : 200u) + (rule->user ? 0u : 400u),
                     dsr_rule_join(dsr_rule_word(words), dsr_rule_word(rule->text)));
    uint32_t line;
    dsr_status status = dsr_map_intern(r->seen, key, (uint32_t)r->line, &line);
    *good = line == r->line;
    if (status != DSR_OK || *good) {
        return status;
    }
    return dsr_rule_flaw_add(r, r->line,
                             "\"%.*s\" with these slots stands in line %u already; this one is left out",
                             DSR_PRINT(dsr_slice_part(words, 0, 40)), (unsigned)line);
}

static dsr_status read_head_words(dsr_rule_reader *r, dsr_slice words, dsr_rule_head *head, uint64_t *first,
                                  bool *good)
{
    dsr_slice word;
    while (dsr_slice_next_field(&words, ' ', &word)) {
        if (word.len == 0) {
            continue;
        }
        if (head->words == DSR_HEAD_WORDS) {
            head->words = 0;
            break;
        }
        if (head->words == 0) {
            *first = dsr_rule_word(word);
        } else {
            head->more[head->words - 1] = dsr_rule_word(word);
        }
        head->words++;
    }
    *good = head->words > 0;
    return *good ? DSR_OK
                 : dsr_rule_flaw_add(r, r->line,
                                     "a rule begins with one to %d words; several are parted by \"|\"",
                                     (int)DSR_HEAD_WORDS);
}

static dsr_status add_head(dsr_rule_reader *r, const dsr_rule *rule, uint32_t number, dsr_slice words)
{
    static const char *const kinds[] = {"verb", "noun", "adj"};
    dsr_coding_rules *rules = r->rules;
    dsr_rule_head head = {.rule = number, .next = DSR_RULE_NONE};
    uint64_t first = 0;
    bool good;
    dsr_status status = check_seen(r, rule, words, &good);
    if (status == DSR_OK && good) {
        status = read_head_words(r, words, &head, &first, &good);
    }
    if (status != DSR_OK || !good) {
        return status;
    }
    uint64_t key = dsr_rule_key((uint64_t)rule->kind + 1000, first);
    uint32_t before = dsr_map_get(rules->first, key);
    head.next = before == DSR_MAP_NONE ? DSR_RULE_NONE : before;
    if (dsr_arena_format(rules->arena, &head.name, "%s %.*s%s%.*s", kinds[rule->kind], DSR_PRINT(words),
                         is_none(rule->text) ? "" : " ", is_none(rule->text) ? 0 : (int)rule->text.len,
                         rule->text.ptr) != DSR_OK ||
        DSR_LIST_RESERVE(rules->arena, &rules->heads, 1) != DSR_OK ||
        dsr_map_put(rules->first, key, (uint32_t)rules->heads.count) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    rules->heads.items[rules->heads.count++] = head;
    return DSR_OK;
}

static dsr_status read_rule(dsr_rule_reader *r, fields f, dsr_rule_kind kind)
{
    dsr_coding_rules *rules = r->rules;
    dsr_rule rule = {.kind = (uint8_t)kind, .user = r->user, .line = (uint32_t)r->line, .text = f[SLOTS]};
    bool good;
    dsr_status status = read_result(r, f, &rule, &good);
    if (status == DSR_OK && good) {
        status = read_slots(r, f[SLOTS], &rule, &good);
    }
    if (status != DSR_OK || !good) {
        return status;
    }
    uint32_t number = (uint32_t)rules->rules.count;
    if (DSR_LIST_RESERVE(rules->arena, &rules->rules, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    rules->rules.items[rules->rules.count++] = rule;
    rules->lines++;
    dsr_slice list = f[WORDS], words;
    while (status == DSR_OK && dsr_slice_next_field(&list, '|', &words)) {
        status = add_head(r, &rule, number, dsr_slice_trim(words));
    }
    return status;
}

static dsr_status read_verb(dsr_rule_reader *r, fields f)
{
    return read_rule(r, f, DSR_RULE_VERB);
}

static dsr_status read_noun(dsr_rule_reader *r, fields f)
{
    return read_rule(r, f, DSR_RULE_NOUN);
}

static dsr_status read_adj(dsr_rule_reader *r, fields f)
{
    return read_rule(r, f, DSR_RULE_ADJ);
}

/* ---- the other kinds ---- */

static dsr_status read_class(dsr_rule_reader *r, fields f)
{
    r->rules->lines++;
    return dsr_rule_class_told(r, f[WORDS], f[SLOTS]);
}

static dsr_status read_content(dsr_rule_reader *r, fields f)
{
    dsr_rule_content content = {.mode = value_of(f[MODE]), .cameo = value_of(f[CAMEO])};
    bool good;
    dsr_status status = read_type(r, f[RESULT], &content.type, &good);
    if (status == DSR_OK && good) {
        status = read_codes(r, f, &good);
    }
    if (status != DSR_OK || !good) {
        return status;
    }
    status = dsr_rule_class_of(r, f[WORDS], &content.words);
    if (status != DSR_OK || DSR_LIST_RESERVE(r->rules->arena, &r->rules->contents, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    r->rules->contents.items[r->rules->contents.count++] = content;
    r->rules->lines++;
    return DSR_OK;
}

static dsr_status read_turn(dsr_rule_reader *r, fields f)
{
    static const char *const names[DSR_TURNS] = {"future", "unless", "negated", "refused", "must"};
    unsigned when = 0;
    while (when < DSR_TURNS && !dsr_slice_equal(f[WORDS], dsr_slice_of(names[when]))) {
        when++;
    }
    if (when == DSR_TURNS) {
        return dsr_rule_flaw_add(r, r->line,
                                 "\"%.*s\" turns nothing: future, unless, negated, refused or must",
                                 DSR_PRINT(dsr_slice_part(f[WORDS], 0, 40)));
    }
    dsr_rule_turn turn = {.set = true, .mode = value_of(f[MODE]), .cameo = value_of(f[CAMEO])};
    uint8_t from = DSR_EVENT_TYPES;
    bool good = true;
    dsr_status status = is_none(f[SLOTS]) ? DSR_OK : read_type(r, f[SLOTS], &from, &good);
    if (status == DSR_OK && good) {
        status = read_type(r, f[RESULT], &turn.type, &good);
    }
    if (status == DSR_OK && good) {
        status = read_codes(r, f, &good);
    }
    if (status == DSR_OK && good && r->rules->turns[when][from].set && !r->user) {
        return dsr_rule_flaw_add(r, r->line, "this turn is told already; this one is left out");
    }
    if (status == DSR_OK && good) {
        r->rules->turns[when][from] = turn;
        r->rules->lines++;
    }
    return status;
}

/* Words that stand for a name. */
static dsr_status read_names(dsr_rule_reader *r, fields f, dsr_rule_kind kind)
{
    dsr_coding_rules *rules = r->rules;
    dsr_slice list = f[WORDS], one, word;
    if (is_none(f[RESULT]) || f[RESULT].len > 32) {
        return dsr_rule_flaw_add(r, r->line,
                                 "the fourth field, what the words stand for, is missing or too long");
    }
    if (DSR_LIST_RESERVE(rules->arena, &rules->names, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    uint32_t number = (uint32_t)rules->names.count;
    rules->names.items[rules->names.count++] = f[RESULT];
    rules->lines++;
    while (dsr_slice_next_field(&list, '|', &one)) {
        uint64_t phrase = 0;
        size_t words = 0;
        one = dsr_slice_trim(one);
        while (dsr_slice_next_field(&one, ' ', &word)) {
            phrase = words++ == 0 ? dsr_rule_word(word) : dsr_rule_join(phrase, dsr_rule_word(word));
        }
        if (dsr_map_put(rules->words, dsr_rule_key((uint64_t)kind, phrase), number) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
    }
    return DSR_OK;
}

static dsr_status read_actor(dsr_rule_reader *r, fields f)
{
    return read_names(r, f, DSR_RULE_ACTOR);
}

static dsr_status read_country(dsr_rule_reader *r, fields f)
{
    return read_names(r, f, DSR_RULE_COUNTRY);
}

static dsr_status read_topic(dsr_rule_reader *r, fields f)
{
    return read_names(r, f, DSR_RULE_TOPIC);
}

static dsr_status read_form(dsr_rule_reader *r, fields f)
{
    return read_names(r, f, DSR_RULE_FORM);
}

static dsr_status read_issue(dsr_rule_reader *r, fields f)
{
    dsr_rule_issue issue = {.second = DSR_RULE_NONE, .label = f[RESULT]};
    if (is_none(f[RESULT])) {
        return dsr_rule_flaw_add(r, r->line, "the fourth field, the name of the issue, is missing");
    }
    dsr_status status = dsr_rule_class_of(r, f[WORDS], &issue.first);
    if (status == DSR_OK && !is_none(f[SLOTS])) {
        status = dsr_rule_class_of(r, f[SLOTS], &issue.second);
    }
    if (status != DSR_OK || DSR_LIST_RESERVE(r->rules->arena, &r->rules->issues, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    r->rules->issues.items[r->rules->issues.count++] = issue;
    r->rules->lines++;
    return DSR_OK;
}

dsr_status dsr_rule_line(dsr_rule_reader *r, dsr_slice line)
{
    static const struct {
        const char *name;
        unsigned least; /* fields */
        dsr_status (*read)(dsr_rule_reader *, fields);
    } kinds[DSR_RULE_KINDS] = {
        [DSR_RULE_VERB] = {"verb", 4, read_verb},
        [DSR_RULE_NOUN] = {"noun", 4, read_noun},
        [DSR_RULE_ADJ] = {"adj", 4, read_adj},
        [DSR_RULE_CLASS] = {"class", 3, read_class},
        [DSR_RULE_CONTENT] = {"content", 4, read_content},
        [DSR_RULE_TURN] = {"turn", 4, read_turn},
        [DSR_RULE_ACTOR] = {"actor", 4, read_actor},
        [DSR_RULE_COUNTRY] = {"country", 4, read_country},
        [DSR_RULE_TOPIC] = {"topic", 4, read_topic},
        [DSR_RULE_ISSUE] = {"issue", 4, read_issue},
        [DSR_RULE_FORM] = {"form", 4, read_form},
    };
    fields f = {{NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}};
    size_t count = 0;
    dsr_slice field;
    while (dsr_slice_next_field(&line, '\t', &field)) {
        if (count < FIELDS) {
            f[count] = dsr_slice_trim(field);
        }
        count++;
    }
    for (unsigned i = 0; i < DSR_RULE_KINDS; i++) {
        if (!dsr_slice_equal(f[0], dsr_slice_of(kinds[i].name))) {
            continue;
        }
        if (count < kinds[i].least || count > FIELDS || is_none(f[WORDS])) {
            return dsr_rule_flaw_add(r, r->line,
                                     "a line of \"%s\" has %u to %d fields parted by tabs, the second "
                                     "not empty; this one has %zu",
                                     kinds[i].name, kinds[i].least, (int)FIELDS, count);
        }
        return kinds[i].read(r, f);
    }
    return dsr_rule_flaw_add(
        r, r->line,
        "\"%.*s\" is no kind of line: verb, noun, adj, class, content, turn, actor, country, "
        "topic, issue or form",
        DSR_PRINT(dsr_slice_part(f[0], 0, 40)));
}
