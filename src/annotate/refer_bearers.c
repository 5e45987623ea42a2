/* Which of several bearers of one name a single word means, where rank, sex and age do not tell: the report's
 * main one rather than somebody who comes in as his kin or is dead. Must not know how names are compared. */
#include "annotate/refer_parts.h"

#include "base/hash.h"

static bool is_kin(const dsr_refer_state *r, uint32_t token)
{
    return r->tokens[token].name == DSR_NONE && (dsr_refer_lists(r, token) & DSR_GAZETTEER_KIN) != 0;
}

static bool is_owner(const dsr_refer_state *r, uint32_t token)
{
    return dsr_refer_is_one_of(r, token, "his her their whose 's \xe2\x80\x99s ' \xe2\x80\x99");
}

/* "his wife Ana Luz", "Trudeau's late father, Pierre", "Pierre Luz, his father". */
static bool comes_by_kin(const dsr_refer_state *r, const dsr_refer_mention *m)
{
    enum { WORDS = 4 };
    uint32_t floor = r->sentence_starts[r->tokens[m->first].sentence];
    uint32_t end = m->first > floor && dsr_refer_is(r, m->first - 1, ",") ? m->first - 1 : m->first;
    bool kin = false;
    for (uint32_t back = 1; back <= WORDS && end >= floor + back; back++) {
        uint32_t token = end - back;
        if (kin && is_owner(r, token)) {
            return true;
        }
        if (r->tokens[token].kind != DSR_TOKEN_WORD || (r->tokens[token].name != DSR_NONE && !kin)) {
            break;
        }
        kin = kin || is_kin(r, token);
    }
    if (!dsr_refer_is(r, m->end, ",") || !is_owner(r, m->end + 1)) {
        return false;
    }
    uint32_t last = m->end + 1 + WORDS;
    for (uint32_t token = m->end + 2; token < last && token < r->token_count; token++) {
        if (is_kin(r, token)) {
            return true;
        }
        if (r->tokens[token].kind != DSR_TOKEN_WORD) {
            break;
        }
    }
    return false;
}

static bool is_dead(const dsr_refer_state *r, const dsr_refer_mention *m)
{
    uint32_t behind = m->end;
    if (m->first > 0 && dsr_refer_is(r, m->first - 1, "late") && m->first > 1 &&
        dsr_refer_is_one_of(r, m->first - 2, "the his her their")) {
        return true;
    }
    bool clause = dsr_refer_is(r, behind, ",") && dsr_refer_is(r, behind + 1, "who");
    return dsr_refer_is(r, clause ? behind + 2 : behind, "died");
}

void dsr_refer_read_standing(const dsr_refer_state *r, dsr_refer_mention *m)
{
    bool kin = comes_by_kin(r, m);
    bool dead = is_dead(r, m);
    bool subject = m->person.count > 1 && dsr_refer_is_subject(r, m->first, m->end);
    m->standing = (uint8_t)((kin ? DSR_STANDING_KIN : 0) | (dead ? DSR_STANDING_DEAD : 0) |
                            (subject ? DSR_STANDING_SUBJECT : 0));
    if (m->first > r->sentence_starts[r->tokens[m->first].sentence]) {
        dsr_slice word = dsr_refer_token_text(r, m->first - 1);
        bool title = dsr_entity_words_part(r->persons.words, word) == DSR_PART_TITLE;
        m->address = title && !m->titled ? dsr_hash64(word, 3) : 0;
    }
}

bool dsr_refer_is_past_office(const dsr_refer_state *r, uint32_t token)
{
    enum { WORDS = 4 };
    for (uint32_t back = 1; back <= WORDS && back <= token; back++) {
        uint32_t before = token - back;
        if (r->tokens[before].sentence != r->tokens[token].sentence ||
            r->tokens[before].kind != DSR_TOKEN_WORD) {
            return false;
        }
        if (dsr_refer_is_one_of(r, before, "former late ex erstwhile onetime then-")) {
            return true;
        }
    }
    return false;
}

static int standing_of(const dsr_refer_mention *m, const dsr_refer_thing *t)
{
    enum { ASIDE = 3 };
    int worth = (t->standing & DSR_STANDING_SUBJECT) != 0;
    bool dead = (t->standing & DSR_STANDING_DEAD) != 0;
    if (m->standing & DSR_STANDING_DEAD) {
        return worth + (dead ? ASIDE : 0); /* "Luz, who died" */
    }
    return worth - ((t->standing & DSR_STANDING_KIN) != 0 ? ASIDE : 0) - (dead ? ASIDE : 0);
}

int dsr_refer_compare_bearers(const dsr_refer_state *r, const dsr_refer_mention *m, const uint32_t bearers[2],
                              uint32_t nearer, bool goes_on)
{
    enum { NEARER = 2, GOES_ON = 5, FIRST = 1, OFTENER = 1 };
    const dsr_refer_thing *a = &r->things.items[bearers[0]];
    const dsr_refer_thing *b = &r->things.items[bearers[1]];
    int worth = standing_of(m, a) - standing_of(m, b);
    worth += a->first < b->first ? FIRST : -FIRST;
    worth += a->full_names > b->full_names ? OFTENER : a->full_names < b->full_names ? -OFTENER : 0;
    if (nearer == DSR_NONE) {
        worth += a->first < b->first ? NEARER : -NEARER;
    } else {
        int near = goes_on ? GOES_ON : NEARER;
        worth += nearer == bearers[0] ? near : -near;
    }
    return worth;
}
