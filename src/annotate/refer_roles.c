/* What stands beside names and tells who is what: "Deputy Foreign Minister Ivan Orlenko"; "Nils
 * Aaberg, the secretary-general of ..."; "the mayor, Ana Luz". Must not know other reports. */
#include "annotate/refer_parts.h"

enum { TITLE_WORDS = 6, APPOSITION_MOST = 24, BACK_MOST = 12, CLAUSE_MOST = 14 };

static bool is_courtesy(const dsr_refer_state *r, uint32_t token)
{
    return dsr_refer_is_one_of(r, token,
                               "Mr Mr. Mrs Mrs. Ms Ms. Miss Mx Sir Madam Lady Dame Dr Dr. Barr. Engr.");
}

static dsr_status add_role(dsr_refer_state *r, uint32_t first, uint32_t end, uint32_t thing)
{
    if (first >= end || end > r->token_count) {
        return DSR_OK;
    }
    dsr_span span = {r->tokens[first].span.start, r->tokens[end - 1].span.end};
    if (r->roles.count > 0 && r->roles.items[r->roles.count - 1].span.end > span.start) {
        return DSR_OK; /* the words are another's already */
    }
    if (DSR_LIST_RESERVE(r->arena, &r->roles, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    r->roles.items[r->roles.count++] = (dsr_role){span, thing};
    return DSR_OK;
}

static void add_place(dsr_refer_thing *t, uint32_t place)
{
    for (size_t i = 0; i < t->place_count; i++) {
        if (t->places[i] == place) {
            return;
        }
    }
    if (t->place_count < DSR_THING_ROLES) {
        t->places[t->place_count++] = place;
    }
}

/* What a role's words tell of its bearer: the office, its country or body, the sex. */
static void learn_role(dsr_refer_state *r, uint32_t first, uint32_t end, uint32_t thing)
{
    dsr_refer_thing *t = &r->things.items[thing];
    for (uint32_t i = first; i < end; i++) {
        uint32_t name = r->tokens[i].name;
        if (name != DSR_NONE && r->report->names.items[name].type != DSR_NAME_PER) {
            add_place(t, r->mentions[name].thing);
        } else if (dsr_refer_is_role_word(r, i) || dsr_refer_is_body_word(r, i) || dsr_refer_is_doer(r, i)) {
            char sex = dsr_entity_words_sex(r->persons.words, dsr_refer_token_text(r, i));
            if (t->type == DSR_NAME_PER && sex != 0 && t->sex == 0) {
                t->sex = sex;
            }
            if (t->role_count < DSR_THING_ROLES) {
                t->roles[t->role_count++] = i;
            }
        }
    }
}

static dsr_status give_role(dsr_refer_state *r, uint32_t first, uint32_t end, uint32_t mention)
{
    uint32_t thing = r->mentions[mention].thing;
    learn_role(r, first, end, thing);
    return add_role(r, first, end, thing);
}

/* ---- before the name ---- */

/* The first token of a title that ends before `end`: "Deputy Secretary of State" is one, too. DSR_NONE. */
static uint32_t title_before(const dsr_refer_state *r, uint32_t end)
{
    uint32_t best = DSR_NONE;
    uint32_t floor = r->sentence_starts[r->tokens[end - 1].sentence];
    for (uint32_t words = 1; words <= TITLE_WORDS && end >= floor + words; words++) {
        uint32_t first = end - words;
        if (r->tokens[first].kind != DSR_TOKEN_WORD) {
            break;
        }
        dsr_slice text = dsr_slice_part(r->text, r->tokens[first].span.start, r->tokens[end - 1].span.end);
        uint32_t lists = dsr_gazetteer_find_text(r->tables->gazetteer, text);
        if ((lists & (DSR_GAZETTEER_TITLE | DSR_GAZETTEER_ROLE)) != 0 &&
            r->tokens[end - 1].name == DSR_NONE) {
            best = first;
        }
    }
    return best;
}

/* Forms of address and abbreviated ranks say how to call somebody; they are left out unless more is said. */
static bool is_address(const dsr_refer_state *r, uint32_t first, uint32_t end)
{
    dsr_slice text = dsr_refer_token_text(r, first);
    return end - first == 1 &&
           (dsr_slice_ends(text, DSR_SLICE(".")) ||
            dsr_refer_is_one_of(r, first,
                                "Reverend Alhaji Hajiya Me Fr Maj Capt Lt Col Gen Prof Rev "
                                "Comrade Brother Sister Sheikh Hon"));
}

/* Where the words before a name end, forms of address and a short form in brackets left out. */
static uint32_t before_address(const dsr_refer_state *r, uint32_t mention)
{
    uint32_t end = r->mentions[mention].first;
    uint32_t floor = r->sentence_starts[r->tokens[end].sentence];
    while (end > floor && (is_courtesy(r, end - 1) || is_address(r, end - 1, end))) {
        end--;
    }
    if (end >= floor + 3 && dsr_refer_is(r, end - 1, ")") && dsr_refer_is(r, end - 3, "(")) {
        end -= 3;
    }
    return end;
}

/* A title right before the name. False where there is none. */
static bool find_title(const dsr_refer_state *r, uint32_t mention, dsr_refer_phrase *out)
{
    uint32_t end = before_address(r, mention);
    uint32_t floor = r->sentence_starts[r->tokens[r->mentions[mention].first].sentence];
    uint32_t title = end > floor ? title_before(r, end) : DSR_NONE;
    if (title == DSR_NONE && end > floor && dsr_refer_is_doer(r, end - 1)) {
        title = end - 1;
    }
    if (title == DSR_NONE) {
        return false;
    }
    *out = dsr_refer_phrase_of(r, title, false);
    out->end = end;
    return true;
}

/* A role of several words that ends right before the name or at a comma before it: "the mayor of Lima, Ana
 * Luz". */
static bool find_before(const dsr_refer_state *r, uint32_t mention, dsr_refer_phrase *out)
{
    uint32_t end = before_address(r, mention);
    uint32_t floor = r->sentence_starts[r->tokens[r->mentions[mention].first].sentence];
    bool comma = end > floor && dsr_refer_is(r, end - 1, ",");
    bool closed = dsr_refer_is_one_of(r, r->mentions[mention].end, ", . ; ) : and who");
    if (comma && dsr_refer_is_cue(r, r->mentions[mention].end)) {
        return false; /* "The group, Luz said, would play": what she says, not what she is */
    }
    end -= comma;
    for (uint32_t head = end; head-- > floor && end - head < BACK_MOST;) {
        if (r->tokens[head].kind == DSR_TOKEN_PUNCTUATION && !dsr_refer_is(r, head, "-")) {
            return false;
        }
        if (dsr_refer_is_role_word(r, head) || dsr_refer_is_body_word(r, head) ||
            dsr_refer_is_doer(r, head)) {
            *out = dsr_refer_phrase_of(r, head, head + 1 < end);
            bool alone = head + 1 == end && !comma;
            return out->end == end && !alone && (out->definite || out->first == floor || (comma && closed));
        }
    }
    return false;
}

/* ---- behind the name ---- */

static bool ends_apposition(const dsr_refer_state *r, uint32_t token)
{
    const dsr_refer_token *t = &r->tokens[token];
    if (dsr_refer_is_one_of(
            r, token, ", . ; : ) ( \xe2\x80\x94 \xe2\x80\x93 -- ! ? who which that whose whom and but")) {
        return true;
    }
    if (t->kind == DSR_TOKEN_QUOTE) {
        return true;
    }
    if (t->name != DSR_NONE) {
        return false;
    }
    if (t->upos < DSR_UPOS_COUNT) {
        return t->upos == DSR_UPOS_AUX || (t->upos == DSR_UPOS_VERB && t->relation != DSR_REL_AMOD);
    }
    return dsr_refer_is_one_of(r, token, "said says was is has had were are will would told added");
}

/* An age or the like between commas: ", 71,". */
static uint32_t skip_age(const dsr_refer_state *r, uint32_t token)
{
    bool age = token + 2 < r->token_count && dsr_refer_is(r, token, ",") &&
               r->tokens[token + 1].kind == DSR_TOKEN_NUMBER && dsr_refer_is(r, token + 2, ",");
    return age ? token + 2 : token;
}

static bool begins_apposition(const dsr_refer_state *r, uint32_t token)
{
    if (token >= r->token_count || r->tokens[token].kind != DSR_TOKEN_WORD ||
        dsr_refer_is_one_of(r, token, "not no never neither nor")) {
        return false; /* "Ana Luz, not the mayor, spoke" */
    }
    if (dsr_refer_is_one_of(r, token, "a an the his her its their")) {
        return true;
    }
    uint32_t name = r->tokens[token].name;
    if (name != DSR_NONE) {
        return r->report->names.items[name].type != DSR_NAME_PER;
    }
    return dsr_refer_is_role_word(r, token) || dsr_refer_is_body_word(r, token) ||
           dsr_refer_is_role_word(r, token + 1) || dsr_refer_is_role_word(r, token + 2);
}

/* "who led the delegation in Geneva": where nothing shorter tells who somebody is. */
static bool find_clause(const dsr_refer_state *r, uint32_t mention, dsr_refer_phrase *out)
{
    uint32_t comma = skip_age(r, r->mentions[mention].end);
    uint32_t first = comma + 1;
    if (comma + 2 >= r->token_count || !dsr_refer_is(r, comma, ",") || !dsr_refer_is(r, first, "who") ||
        r->report->names.items[mention].type != DSR_NAME_PER) {
        return false;
    }
    uint32_t end = first + 1;
    uint32_t ceiling = r->sentence_starts[r->tokens[comma].sentence + 1];
    while (end < ceiling && end - first < CLAUSE_MOST && r->tokens[end].kind != DSR_TOKEN_QUOTE &&
           !dsr_refer_is_one_of(r, end, ", . ; : ( ) \xe2\x80\x94 \xe2\x80\x93")) {
        end++;
    }
    *out = (dsr_refer_phrase){.first = first, .end = end, .head = first, .owner = DSR_NONE};
    bool speech = dsr_refer_is_cue(r, first + 1);
    return end < ceiling && end - first > 2 && !speech && dsr_refer_is_one_of(r, end, ", . ;");
}

static bool holds_noun(const dsr_refer_state *r, uint32_t first, uint32_t end)
{
    for (uint32_t t = first; t < end; t++) {
        if (dsr_refer_is_role_word(r, t) || dsr_refer_is_body_word(r, t)) {
            return true;
        }
        uint32_t name = r->tokens[t].name;
        bool people = name != DSR_NONE && r->report->names.items[name].type == DSR_NAME_NORP && t + 1 == end;
        if (people || (name == DSR_NONE && r->tokens[t].upos == DSR_UPOS_NOUN)) {
            return true;
        }
    }
    return false;
}

/* "(WHO)" in brackets belongs to the name before it. */
static uint32_t behind_short_form(const dsr_refer_state *r, uint32_t token)
{
    bool short_form = token + 2 < r->token_count && dsr_refer_is(r, token, "(") &&
                      r->tokens[token + 1].name != DSR_NONE && dsr_refer_is(r, token + 2, ")");
    return short_form ? token + 3 : token;
}

static bool find_apposition(const dsr_refer_state *r, uint32_t mention, dsr_refer_phrase *out)
{
    uint32_t comma = skip_age(r, r->mentions[mention].end);
    uint32_t first = comma + 1;
    if (comma >= r->token_count || !dsr_refer_is(r, comma, ",") || !begins_apposition(r, first)) {
        return false;
    }
    uint32_t ceiling = r->sentence_starts[r->tokens[comma].sentence + 1];
    uint32_t end = first;
    while (end < ceiling && end - first < APPOSITION_MOST && !ends_apposition(r, end)) {
        end = behind_short_form(r, end + 1);
    }
    bool article = dsr_refer_is_one_of(r, first, "a an the his her its their");
    bool closed = end < ceiling &&
                  dsr_refer_is_one_of(r, end, ", . ; ) who which that whose \xe2\x80\x94 \xe2\x80\x93 :");
    /* A clause of its own may follow a comma: "In Geneva, the minister said". */
    uint32_t name_first = r->mentions[mention].first;
    bool person = r->report->names.items[mention].type == DSR_NAME_PER;
    bool leads = name_first == r->sentence_starts[r->tokens[name_first].sentence] ||
                 !dsr_refer_is_one_of(r, name_first - 1, "in at from near");
    *out = (dsr_refer_phrase){.first = first, .end = end, .head = end - 1, .owner = DSR_NONE};
    bool role = dsr_refer_is_role_word(r, first) || article || holds_noun(r, first, end);
    return closed && end > first && (person || (article && leads)) && role && holds_noun(r, first, end);
}

/* "X is the minister", "X as chairman". */
static bool find_copula(const dsr_refer_state *r, uint32_t mention, dsr_refer_phrase *out)
{
    uint32_t verb = r->mentions[mention].end;
    uint32_t first = verb + 1;
    if (verb + 2 >= r->token_count || r->report->names.items[mention].type != DSR_NAME_PER ||
        !dsr_refer_is_one_of(r, verb, "is was as became remains")) {
        return false;
    }
    for (uint32_t head = first; head < first + 6 && head < r->token_count; head++) {
        if (r->tokens[head].kind != DSR_TOKEN_WORD || r->tokens[head].sentence != r->tokens[verb].sentence) {
            return false;
        }
        if (dsr_refer_is_role_word(r, head) && !dsr_refer_is_role_word(r, head + 1)) {
            *out = dsr_refer_phrase_of(r, head, true);
            return out->first == first;
        }
    }
    return false;
}

static uint32_t calling_in(const dsr_refer_state *r, const dsr_refer_phrase *phrase)
{
    uint32_t found = DSR_NONE;
    for (uint32_t t = phrase->first; t < phrase->end; t++) {
        bool kin = (dsr_refer_lists(r, t) & DSR_GAZETTEER_KIN) != 0;
        bool tells = !kin && (dsr_refer_is_role_word(r, t) || dsr_refer_is_doer(r, t)) && !is_courtesy(r, t);
        found = tells && !(found != DSR_NONE && t > phrase->head) ? t : found;
    }
    return found;
}

uint32_t dsr_refer_calling(const dsr_refer_state *r, uint32_t mention)
{
    dsr_refer_phrase phrase;
    uint32_t found = DSR_NONE;
    bool title = find_title(r, mention, &phrase);
    if (title || find_before(r, mention, &phrase)) {
        found = calling_in(r, &phrase);
    }
    /* "Premier" may be tagged as an adjective. */
    if (title && found == DSR_NONE && !is_courtesy(r, phrase.end - 1)) {
        found = phrase.end - 1;
    }
    if (found == DSR_NONE && find_apposition(r, mention, &phrase)) {
        found = calling_in(r, &phrase);
    }
    return found;
}

uint8_t dsr_refer_age(const dsr_refer_state *r, uint32_t mention)
{
    enum { OLDEST = 120 };
    uint32_t comma = r->mentions[mention].end;
    if (comma + 2 >= r->token_count || !dsr_refer_is(r, comma, ",") ||
        !dsr_refer_is_one_of(r, comma + 2, ", . ; )")) {
        return 0;
    }
    dsr_slice digits = dsr_refer_token_text(r, comma + 1);
    unsigned age = 0;
    for (size_t i = 0; i < digits.len && age < OLDEST; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9') {
            return 0;
        }
        age = age * 10 + (unsigned)(digits.ptr[i] - '0');
    }
    return age < OLDEST ? (uint8_t)age : 0;
}

static dsr_status find_behind(dsr_refer_state *r, uint32_t mention)
{
    dsr_refer_phrase phrase;
    if (find_apposition(r, mention, &phrase) || find_copula(r, mention, &phrase) ||
        find_clause(r, mention, &phrase)) {
        return give_role(r, phrase.first, phrase.end, mention);
    }
    return DSR_OK;
}

static bool bears_roles(const dsr_refer_state *r, uint32_t mention)
{
    dsr_name_type type = r->report->names.items[mention].type;
    return r->mentions[mention].first < r->mentions[mention].end &&
           (type == DSR_NAME_PER || type == DSR_NAME_ORG);
}

dsr_status dsr_refer_roles(dsr_refer_state *r)
{
    dsr_status status = DSR_OK;
    for (uint32_t i = 0; status == DSR_OK && i < r->mention_count; i++) {
        if (!bears_roles(r, i)) {
            continue;
        }
        dsr_refer_phrase phrase;
        bool person = r->report->names.items[i].type == DSR_NAME_PER;
        bool found = (person && find_title(r, i, &phrase)) || find_before(r, i, &phrase);
        if (found && !is_address(r, phrase.first, phrase.end)) {
            status = give_role(r, phrase.first, phrase.end, i);
        }
        if (status == DSR_OK) {
            status = find_behind(r, i);
        }
    }
    return status;
}
