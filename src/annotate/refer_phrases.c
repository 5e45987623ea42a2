/* The phrase about a word that tells what somebody is: where it begins and ends. Uses tags where there are
 * any, else the shape of words. Must not know whom the phrase means. */
#include "annotate/refer_parts.h"

enum { MODIFIERS_MOST = 10, COMPLEMENT_MOST = 12, TITLE_WORDS = 6 };

static bool has_tags(const dsr_refer_state *r, uint32_t token)
{
    return r->tokens[token].upos < DSR_UPOS_COUNT;
}

static bool is_word(const dsr_refer_state *r, uint32_t token)
{
    return token < r->token_count && r->tokens[token].kind == DSR_TOKEN_WORD;
}

bool dsr_refer_is_role_word(const dsr_refer_state *r, uint32_t token)
{
    if (!is_word(r, token) || r->tokens[token].name != DSR_NONE) {
        return false;
    }
    uint8_t upos = r->tokens[token].upos;
    if (upos != DSR_UPOS_COUNT && upos != DSR_UPOS_NOUN && upos != DSR_UPOS_PROPN) {
        return false;
    }
    return (dsr_refer_lists(r, token) & (DSR_GAZETTEER_TITLE | DSR_GAZETTEER_ROLE | DSR_GAZETTEER_KIN)) != 0;
}

/* "oceanographer", "shopkeeper": what somebody does, by the ending. */
bool dsr_refer_is_doer(const dsr_refer_state *r, uint32_t token)
{
    static const char *const endings[] = {"er",    "or",     "ist",   "ian",   "ant",  "eer",   "man",
                                          "woman", "person", "maker", "smith", "cook", "guard", "clerk",
                                          "guide", "hand",   "chief", "head",  "voice"};
    if (!is_word(r, token) || r->tokens[token].name != DSR_NONE || r->tokens[token].upos != DSR_UPOS_NOUN) {
        return false;
    }
    dsr_slice text = dsr_refer_token_text(r, token);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (text.len > 4 && dsr_slice_ends(text, dsr_slice_of(endings[i]))) {
            return true;
        }
    }
    return false;
}

bool dsr_refer_is_body_word(const dsr_refer_state *r, uint32_t token)
{
    if (!is_word(r, token) || r->tokens[token].name != DSR_NONE || r->tokens[token].capital) {
        return false;
    }
    uint8_t upos = r->tokens[token].upos;
    if (upos != DSR_UPOS_COUNT && upos != DSR_UPOS_NOUN && upos != DSR_UPOS_PROPN) {
        return false;
    }
    return (dsr_refer_lists(r, token) & (DSR_GAZETTEER_BODY_HEAD | DSR_GAZETTEER_BODY_LAST)) != 0 ||
           dsr_refer_is_one_of(r, token,
                               "company firm buyer supplier developer producer lender carrier operator maker "
                               "manufacturer contractor club team side bloc insurer landlord");
}

static bool is_determiner(const dsr_refer_state *r, uint32_t token)
{
    return dsr_refer_is_one_of(r, token, "the a an this that his her its their my our your whose another");
}

/* Words that stand before a noun and belong to it. */
static bool may_modify(const dsr_refer_state *r, uint32_t token)
{
    const dsr_refer_token *t = &r->tokens[token];
    if (t->name != DSR_NONE) {
        return r->report->names.items[t->name].type != DSR_NAME_PER || dsr_refer_is_possessive(r, token + 1);
    }
    if (dsr_refer_is_one_of(r, token, "'s \xe2\x80\x99s ' \xe2\x80\x99 - &")) {
        return true;
    }
    if (t->kind == DSR_TOKEN_NUMBER) {
        return true;
    }
    if (t->kind != DSR_TOKEN_WORD) {
        return false;
    }
    if (has_tags(r, token)) {
        bool noun = t->upos == DSR_UPOS_NOUN || t->upos == DSR_UPOS_PROPN || t->upos == DSR_UPOS_ADJ;
        bool part = t->upos == DSR_UPOS_VERB && t->relation == DSR_REL_AMOD;
        return noun || part || t->upos == DSR_UPOS_NUM;
    }
    return t->capital || dsr_refer_is_role_word(r, token) ||
           dsr_refer_is_one_of(r, token,
                               "former acting deputy vice chief senior late new current outgoing top foreign "
                               "interim assistant associate junior national first second old retired state "
                               "opposition ruling military police prime general executive financial");
}

/* "an interconnect AMD's new chief": what owns begins a phrase, whatever noun stands before it. */
static bool follows_noun(const dsr_refer_state *r, uint32_t name)
{
    const dsr_refer_mention *m = &r->mentions[name];
    const dsr_refer_token *before = &r->tokens[m->first - 1];
    return dsr_refer_is_possessive(r, m->end) && before->name == DSR_NONE && !before->capital &&
           before->upos == DSR_UPOS_NOUN && !dsr_refer_is_role_word(r, m->first - 1);
}

static uint32_t find_start(const dsr_refer_state *r, uint32_t head, dsr_refer_phrase *phrase)
{
    uint32_t start = head;
    uint32_t floor = r->sentence_starts[r->tokens[head].sentence];
    while (start > floor && head - start < MODIFIERS_MOST) {
        uint32_t before = start - 1;
        if (is_determiner(r, before)) {
            phrase->indefinite = dsr_refer_is_one_of(r, before, "a an another");
            phrase->owner =
                dsr_refer_is_one_of(r, before, "his her its their my our your whose") ? before : DSR_NONE;
            phrase->definite = !phrase->indefinite;
            return dsr_refer_is(r, before, "whose") ? start : before;
        }
        if (!may_modify(r, before)) {
            break;
        }
        uint32_t name = r->tokens[before].name;
        if (name != DSR_NONE) {
            before = r->mentions[name].first;
        }
        start = before;
        if (name != DSR_NONE && start > floor && follows_noun(r, name)) {
            break;
        }
    }
    while (start < head && dsr_refer_is_one_of(r, start, "'s \xe2\x80\x99s ' \xe2\x80\x99 - &")) {
        start++;
    }
    return start;
}

/* "of the council in X": words up to a mark, a verb or "who". */
static uint32_t find_end(const dsr_refer_state *r, uint32_t head)
{
    uint32_t end = head + 1;
    uint32_t ceiling = r->sentence_starts[r->tokens[head].sentence + 1];
    uint32_t last_good = end;
    bool open = false; /* a preposition waits for its noun */
    while (end < ceiling && end - head < COMPLEMENT_MOST) {
        const dsr_refer_token *t = &r->tokens[end];
        bool preposition = dsr_refer_is_one_of(r, end, "of for at in to on with from");
        if (t->name != DSR_NONE && open) {
            end = r->mentions[t->name].end;
            last_good = end;
            continue;
        }
        if (preposition && (end == head + 1 || last_good == end)) {
            open = true;
            end++;
            continue;
        }
        bool noun = is_word(r, end) && (has_tags(r, end) ? may_modify(r, end) : t->capital);
        if (!open || !(noun || is_determiner(r, end) || dsr_refer_is_possessive(r, end))) {
            break;
        }
        end++;
        last_good = noun ? end : last_good;
    }
    return last_good;
}

dsr_refer_phrase dsr_refer_phrase_of(const dsr_refer_state *r, uint32_t head, bool with_complement)
{
    dsr_refer_phrase phrase = {.head = head, .owner = DSR_NONE};
    phrase.first = find_start(r, head, &phrase);
    phrase.end = with_complement ? find_end(r, head) : head + 1;
    /* "Ukraine's president" and "Finance Minister" mean one person. */
    for (uint32_t t = phrase.first; t < head && !phrase.indefinite; t++) {
        phrase.definite = phrase.definite || dsr_refer_is_possessive(r, t);
    }
    phrase.definite = phrase.definite || (!phrase.indefinite && r->tokens[head].capital);
    return phrase;
}
