/* Goes through the report once and resolves what stands for a name: phrases and pronouns outside of
 * quotations as they come, those inside once it is known who speaks. */
#include "annotate/refer_parts.h"

#include <stdlib.h>

static dsr_status note(dsr_refer_state *r, dsr_refer_recent recent)
{
    if (DSR_LIST_RESERVE(r->arena, &r->recent, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    r->recent.items[r->recent.count++] = recent;
    return DSR_OK;
}

typedef struct found {
    uint32_t first, end;
    dsr_refer_choice means;
    dsr_reference_kind kind;
} found;

static dsr_status add_reference(dsr_refer_state *r, const found *f)
{
    if (DSR_LIST_RESERVE(r->arena, &r->references, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    dsr_span span = {r->tokens[f->first].span.start, r->tokens[f->end - 1].span.end};
    r->references.items[r->references.count++] =
        (dsr_reference){span, f->kind, f->means.thing, f->means.tie, f->means.because};
    for (uint32_t t = f->first; t < f->end; t++) {
        r->who[t] = r->tokens[t].name == DSR_NONE ? f->means.thing : r->who[t];
    }
    return DSR_OK;
}

static dsr_status note_found(dsr_refer_state *r, const found *f, char sex)
{
    dsr_refer_recent recent = {.thing = f->means.thing,
                               .first = f->first,
                               .token = f->end - 1,
                               .how = f->kind == DSR_REFERENCE_ROLE ? DSR_BY_ROLE : DSR_BY_PRONOUN,
                               .sex = sex,
                               .subject = dsr_refer_is_subject(r, f->first, f->end),
                               .spoke = dsr_refer_is_cue(r, f->end) ||
                                        (f->first > 0 && dsr_refer_is_cue(r, f->first - 1)),
                               .possessive = dsr_refer_is_possessive(r, f->end)};
    return note(r, recent);
}

static dsr_status note_name(dsr_refer_state *r, uint32_t mention)
{
    const dsr_refer_mention *m = &r->mentions[mention];
    dsr_refer_recent recent = {.thing = m->thing,
                               .first = m->first,
                               .token = m->end - 1,
                               .how = DSR_BY_NAME,
                               .subject = dsr_refer_is_subject(r, m->first, m->end),
                               .spoke = dsr_refer_is_cue(r, m->end) ||
                                        (m->first > 0 && dsr_refer_is_cue(r, m->first - 1)),
                               .possessive = dsr_refer_is_possessive(r, m->end)};
    return note(r, recent);
}

static char sex_of_pronoun(const dsr_refer_state *r, uint32_t token)
{
    return dsr_refer_is_one_of(r, token, "he him his himself")     ? 'm'
           : dsr_refer_is_one_of(r, token, "she her hers herself") ? 'f'
                                                                   : 0;
}

static dsr_status see_pronoun(dsr_refer_state *r, uint32_t token)
{
    found f = {token, token + 1, dsr_refer_pronoun(r, token, r->recent.count), DSR_REFERENCE_PRONOUN};
    if (f.means.thing == DSR_NONE) {
        return DSR_OK;
    }
    char sex = sex_of_pronoun(r, token);
    dsr_refer_thing *thing = &r->things.items[f.means.thing];
    if (sex != 0 && (thing->sex == 0 || (thing->sex_by_guess && thing->sex != sex))) {
        thing->sex = sex;
        thing->sex_by_guess = true;
    }
    dsr_status status = add_reference(r, &f);
    return status == DSR_OK ? note_found(r, &f, sex) : status;
}

/* ---- phrases ---- */

/* Whether the words from `first` on are a role that stands beside a name; *end is behind it. */
static bool is_beside_name(const dsr_refer_state *r, uint32_t first, size_t *role, uint32_t *end)
{
    uint32_t start = r->tokens[first].span.start;
    while (*role < r->roles.count && r->roles.items[*role].span.end <= start) {
        (*role)++;
    }
    if (*role >= r->roles.count || r->roles.items[*role].span.start > start) {
        return false;
    }
    *end = first;
    while (*end < r->token_count && r->tokens[*end].span.start < r->roles.items[*role].span.end) {
        (*end)++;
    }
    return true;
}

/* A phrase begins at its first word, but is told by its head: looks ahead for one. */
static bool find_phrase(const dsr_refer_state *r, uint32_t first, dsr_refer_phrase *out, bool *body)
{
    uint32_t ceiling = r->sentence_starts[r->tokens[first].sentence + 1];
    bool opens = dsr_refer_is_one_of(r, first, "the this that his her its their");
    bool named = r->tokens[first].name != DSR_NONE;
    if (!opens && !named && !r->tokens[first].capital) {
        return false;
    }
    for (uint32_t head = first; head < ceiling && head < first + 8; head++) {
        *body = dsr_refer_is_body_word(r, head);
        if (!*body && !dsr_refer_is_role_word(r, head) && !dsr_refer_is_doer(r, head)) {
            continue;
        }
        while (head + 1 < ceiling &&
               (dsr_refer_is_role_word(r, head + 1) || dsr_refer_is_body_word(r, head + 1))) {
            head++;
        }
        *body = dsr_refer_is_body_word(r, head) && !dsr_refer_is_role_word(r, head);
        /* "the party" is one that was named; "the Green party" would be another's name. */
        if (*body &&
            (head != first + 1 || dsr_refer_is_one_of(r, head, "city state board office floor group"))) {
            return false;
        }
        *out = dsr_refer_phrase_of(r, head, !*body);
        return out->first == first && out->definite && head + 1 < r->token_count &&
               r->tokens[head + 1].upos != DSR_UPOS_NOUN;
    }
    return false;
}

static dsr_status see_phrase(dsr_refer_state *r, const dsr_refer_phrase *phrase, bool body, uint32_t *end)
{
    dsr_refer_choice means = body ? dsr_refer_described_body(r, phrase) : dsr_refer_described(r, phrase);
    /* A pronoun in front is a reference of its own. */
    uint32_t first = phrase->owner != DSR_NONE ? phrase->owner + 1 : phrase->first;
    found f = {first, phrase->end, means, DSR_REFERENCE_ROLE};
    if (means.thing == DSR_NONE) {
        return DSR_OK;
    }
    dsr_status status = DSR_OK;
    if (phrase->owner != DSR_NONE) {
        status = see_pronoun(r, phrase->owner);
    }
    for (uint32_t t = phrase->first; status == DSR_OK && t < phrase->end; t++) {
        uint32_t name = r->tokens[t].name;
        if (name != DSR_NONE && t == r->mentions[name].first) {
            status = note_name(r, name);
        }
    }
    *end = phrase->end;
    if (status == DSR_OK) {
        status = add_reference(r, &f);
    }
    return status == DSR_OK ? note_found(r, &f, 0) : status;
}

/* ---- the two passes ---- */

static dsr_status see_token(dsr_refer_state *r, uint32_t token, size_t *role, uint32_t *end)
{
    uint32_t name = r->tokens[token].name;
    dsr_refer_phrase phrase;
    bool body = false;
    uint32_t beside_end = token;
    *end = token + 1;
    bool beside = is_beside_name(r, token, role, &beside_end);
    if (!beside && find_phrase(r, token, &phrase, &body)) {
        dsr_status status = see_phrase(r, &phrase, body, end);
        if (status != DSR_OK || *end > token + 1) {
            return status;
        }
    }
    if (name != DSR_NONE) {
        *end = r->mentions[name].end;
        return note_name(r, name);
    }
    if (r->tokens[token].quote == DSR_NONE && dsr_refer_is_pronoun(r, token) && r->who[token] == DSR_NONE) {
        return see_pronoun(r, token);
    }
    return DSR_OK;
}

static dsr_status scan_quotes(dsr_refer_state *r)
{
    size_t recent_end = 0;
    dsr_status status = DSR_OK;
    for (uint32_t t = 0; status == DSR_OK && t < r->token_count; t++) {
        while (recent_end < r->recent.count && r->recent.items[recent_end].token < t) {
            recent_end++;
        }
        if (r->tokens[t].quote == DSR_NONE || r->who[t] != DSR_NONE || !dsr_refer_is_pronoun(r, t)) {
            continue;
        }
        found f = {t, t + 1, dsr_refer_pronoun(r, t, recent_end), DSR_REFERENCE_PRONOUN};
        if (f.means.thing != DSR_NONE) {
            status = add_reference(r, &f);
        }
    }
    return status;
}

static int by_start(const void *a, const void *b)
{
    const dsr_reference *x = a;
    const dsr_reference *y = b;
    return x->span.start < y->span.start ? -1 : x->span.start > y->span.start;
}

dsr_status dsr_refer_scan(dsr_refer_state *r)
{
    r->who = dsr_arena_alloc_array(r->arena, r->token_count + 1, sizeof *r->who);
    if (r->who == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t t = 0; t < r->token_count; t++) {
        uint32_t name = r->tokens[t].name;
        r->who[t] = name != DSR_NONE ? r->mentions[name].thing : DSR_NONE;
    }
    dsr_status status = DSR_OK;
    size_t role = 0;
    for (uint32_t t = 0; status == DSR_OK && t < r->token_count;) {
        uint32_t end;
        status = see_token(r, t, &role, &end);
        t = end;
    }
    if (status == DSR_OK) {
        dsr_refer_speakers(r);
        status = scan_quotes(r);
    }
    if (status == DSR_OK && r->references.count > 1) {
        qsort(r->references.items, r->references.count, sizeof *r->references.items, by_start);
    }
    return status;
}
