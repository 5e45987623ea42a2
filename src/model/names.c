/* The words by which the records' kinds are known in JSON and in the terminal: one table each, in the order
 * of the enumeration. A value outside its enumeration gets the word that claims least. */
#include "model/story.h"

static const char *const furniture_kinds[] = {
    [DSR_FURNITURE_HEADLINE] = "headline",
    [DSR_FURNITURE_STANDFIRST] = "standfirst",
    [DSR_FURNITURE_BYLINE] = "byline",
    [DSR_FURNITURE_PUBLISHED] = "published",
    [DSR_FURNITURE_DATELINE] = "dateline",
    [DSR_FURNITURE_CAPTION] = "caption",
    [DSR_FURNITURE_CREDIT] = "credit",
    [DSR_FURNITURE_READMORE] = "readmore",
    [DSR_FURNITURE_ADVERT] = "advert",
    [DSR_FURNITURE_APP_PROMO] = "app_promo",
    [DSR_FURNITURE_SUBSCRIPTION] = "subscription",
    [DSR_FURNITURE_ACCOUNT_FORM] = "account_form",
    [DSR_FURNITURE_SOURCE_CREDIT] = "source_credit",
    [DSR_FURNITURE_LIVE_STORY] = "live_story",
    [DSR_FURNITURE_READ_TIME] = "read_time",
    [DSR_FURNITURE_SUBHEAD] = "subhead",
    [DSR_FURNITURE_SHARE] = "share",
    [DSR_FURNITURE_OTHER] = "other",
};
static const char *const event_types[] = {
    [DSR_EVENT_AGREE] = "AGREE",       [DSR_EVENT_CONSULT] = "CONSULT",     [DSR_EVENT_SUPPORT] = "SUPPORT",
    [DSR_EVENT_CONCEDE] = "CONCEDE",   [DSR_EVENT_COOPERATE] = "COOPERATE", [DSR_EVENT_AID] = "AID",
    [DSR_EVENT_RETREAT] = "RETREAT",   [DSR_EVENT_REQUEST] = "REQUEST",     [DSR_EVENT_ACCUSE] = "ACCUSE",
    [DSR_EVENT_REJECT] = "REJECT",     [DSR_EVENT_THREATEN] = "THREATEN",   [DSR_EVENT_PROTEST] = "PROTEST",
    [DSR_EVENT_SANCTION] = "SANCTION", [DSR_EVENT_MOBILIZE] = "MOBILIZE",   [DSR_EVENT_COERCE] = "COERCE",
    [DSR_EVENT_ASSAULT] = "ASSAULT",
};
static const char *const reales[] = {
    [DSR_REALIS_ACTUAL] = "actual",
    [DSR_REALIS_HISTORICAL] = "historical",
    [DSR_REALIS_FUTURE] = "future",
    [DSR_REALIS_CONDITIONAL] = "conditional",
    [DSR_REALIS_HYPOTHETICAL] = "hypothetical",
    [DSR_REALIS_DENIED] = "denied",
};
static const char *const stances[] = {
    [DSR_STANCE_DEMAND] = "demand",   [DSR_STANCE_REJECT] = "reject", [DSR_STANCE_OFFER] = "offer",
    [DSR_STANCE_ACCEPT] = "accept",   [DSR_STANCE_THREAT] = "threat", [DSR_STANCE_DENY] = "deny",
    [DSR_STANCE_CONCERN] = "concern", [DSR_STANCE_ACCUSE] = "accuse",
};
static const char *const quote_kinds[] = {
    [DSR_QUOTE_DIRECT] = "direct",
    [DSR_QUOTE_PARTIAL] = "partial",
    [DSR_QUOTE_INDIRECT] = "indirect",
    [DSR_QUOTE_SCARE] = "scare",
};
static const char *const variant_kinds[] = {
    [DSR_VARIANT_SAME] = "same",
    [DSR_VARIANT_CUT] = "cut",
    [DSR_VARIANT_CHANGED] = "changed",
};
static const char *const media[] = {
    [DSR_MEDIUM_UNSAID] = NULL,           [DSR_MEDIUM_TWEET] = "tweet",
    [DSR_MEDIUM_POST] = "post",           [DSR_MEDIUM_STATEMENT] = "statement",
    [DSR_MEDIUM_PHONE] = "phone call",    [DSR_MEDIUM_VIDEO] = "video",
    [DSR_MEDIUM_INTERVIEW] = "interview", [DSR_MEDIUM_SPEECH] = "speech",
    [DSR_MEDIUM_LETTER] = "letter",       [DSR_MEDIUM_BRIEFING] = "briefing",
    [DSR_MEDIUM_BROADCAST] = "broadcast", [DSR_MEDIUM_DOCUMENT] = "document",
};
static const char *const said_hows[] = {
    [DSR_SAID_MARKS] = "marks",     [DSR_SAID_VERB] = "verb", [DSR_SAID_ACCORDING] = "according",
    [DSR_SAID_COLON] = "colon",     [DSR_SAID_NOUN] = "noun", [DSR_SAID_SPLIT] = "split",
    [DSR_SAID_GOES_ON] = "goes_on", [DSR_SAID_BODY] = "body", [DSR_SAID_NEAR] = "near",
};
static const char *const name_types[] = {
    [DSR_NAME_PER] = "PER", [DSR_NAME_ORG] = "ORG",   [DSR_NAME_GPE] = "GPE",     [DSR_NAME_LOC] = "LOC",
    [DSR_NAME_FAC] = "FAC", [DSR_NAME_NORP] = "NORP", [DSR_NAME_EVENT] = "EVENT",
};
static const char *const reference_kinds[] = {
    [DSR_REFERENCE_ROLE] = "role",
    [DSR_REFERENCE_PRONOUN] = "pronoun",
};
static const char *const ties[] = {
    [DSR_TIE_NONE] = "named by itself",
    [DSR_TIE_KNOWN] = "a name that the gazetteer has",
    [DSR_TIE_SAME] = "the same words as",
    [DSR_TIE_SPELLING] = "another spelling of",
    [DSR_TIE_SURNAME] = "surname of",
    [DSR_TIE_SURNAME_ROLE] = "surname, with a role of that kind, of",
    [DSR_TIE_SURNAME_SEX] = "surname, with a title of that sex, of",
    [DSR_TIE_SURNAME_SEVERAL] = "surname of several here; most likely of",
    [DSR_TIE_SAID] = "said to be another name of",
    [DSR_TIE_GIVEN_NAME] = "given name of",
    [DSR_TIE_INITIAL] = "an initial and the surname of",
    [DSR_TIE_SHORT_NAME] = "a short given name and the surname of",
    [DSR_TIE_PART] = "some of the words of",
    [DSR_TIE_BRACKETS] = "in brackets behind",
    [DSR_TIE_INITIALS] = "initials of",
    [DSR_TIE_ORDER] = "the words, in another order or joined otherwise, of",
    [DSR_TIE_WORD] = "a word that of all bodies here only this one has in its name:",
    [DSR_TIE_OPENING] = "the first words of",
    [DSR_TIE_GAZETTEER] = "the gazetteer has it as another name of",
    [DSR_TIE_NATIONALITY] = "the gazetteer ties it to the same place as",
    [DSR_TIE_KIND] = "but for words that say what it is, the name",
    [DSR_TIE_ROLE] = "the role is stated as",
    [DSR_TIE_ROLE_LIKE] = "a role of that kind is stated as",
    [DSR_TIE_ROLE_PLACE] = "a role of that place or body is stated beside",
    [DSR_TIE_ROLE_NEAR] = "the nearest before it whom it fits:",
    [DSR_TIE_BODY_WORD] = "the word is part of the name or description of",
    [DSR_TIE_BODY_LIKE] = "a body of that kind:",
    [DSR_TIE_BODY_NEAR] = "the nearest body before it:",
    [DSR_TIE_SUBJECT_OF_SEX] = "subject before it, of that sex:",
    [DSR_TIE_BEFORE_OF_SEX] = "named before it, of that sex:",
    [DSR_TIE_SUBJECT] = "subject before it:",
    [DSR_TIE_BEFORE] = "named before it:",
    [DSR_TIE_GOES_ON] = "it goes on from",
    [DSR_TIE_SPEAKER] = "speaker of the quotation:",
};
static const char *const origins[] = {
    [DSR_FROM_UNKNOWN] = "unknown", [DSR_FROM_METADATA] = "metadata", [DSR_FROM_TEXT] = "text",
    [DSR_FROM_OPTION] = "option",   [DSR_FROM_INFERRED] = "inferred",
};
static const char *const time_types[] = {
    [DSR_TIME_DATE] = "DATE",
    [DSR_TIME_TIME] = "TIME",
    [DSR_TIME_DURATION] = "DURATION",
    [DSR_TIME_SET] = "SET",
};
static const char *const time_mods[] = {
    [DSR_TIME_MOD_NONE] = NULL,
    [DSR_TIME_MOD_START] = "START",
    [DSR_TIME_MOD_MID] = "MID",
    [DSR_TIME_MOD_END] = "END",
    [DSR_TIME_MOD_APPROX] = "APPROX",
    [DSR_TIME_MOD_MORE_THAN] = "MORE_THAN",
    [DSR_TIME_MOD_LESS_THAN] = "LESS_THAN",
    [DSR_TIME_MOD_EQUAL_OR_MORE] = "EQUAL_OR_MORE",
    [DSR_TIME_MOD_EQUAL_OR_LESS] = "EQUAL_OR_LESS",
    [DSR_TIME_MOD_BEFORE] = "BEFORE",
    [DSR_TIME_MOD_AFTER] = "AFTER",
    [DSR_TIME_MOD_ON_OR_BEFORE] = "ON_OR_BEFORE",
    [DSR_TIME_MOD_ON_OR_AFTER] = "ON_OR_AFTER",
};
static const char *const approxes[] = {
    [DSR_APPROX_EXACT] = "exact",       [DSR_APPROX_ABOUT] = "about",
    [DSR_APPROX_NEARLY] = "nearly",     [DSR_APPROX_MORE_THAN] = "more_than",
    [DSR_APPROX_AT_LEAST] = "at_least", [DSR_APPROX_LESS_THAN] = "less_than",
    [DSR_APPROX_UP_TO] = "up_to",       [DSR_APPROX_RANGE] = "range",
    [DSR_APPROX_DOZENS] = "dozens",
};
static const char *const edit_kinds[] = {
    [DSR_EDIT_HEDGE] = "hedge",       [DSR_EDIT_NUMBER] = "number",     [DSR_EDIT_NAME] = "name",
    [DSR_EDIT_ADDITION] = "addition", [DSR_EDIT_DELETION] = "deletion", [DSR_EDIT_WORDING] = "wording",
    [DSR_EDIT_STYLE] = "style",
};
static const char *const directions[] = {
    [DSR_DIRECTION_UNKNOWN] = "unknown",
    [DSR_DIRECTION_FROM_TO] = "from_to",
    [DSR_DIRECTION_TO_FROM] = "to_from",
    [DSR_DIRECTION_COMMON_SOURCE] = "common_source",
};

_Static_assert(sizeof furniture_kinds / sizeof *furniture_kinds == DSR_FURNITURE_KINDS,
               "each kind of furniture has its word");
_Static_assert(sizeof ties / sizeof *ties == DSR_TIES, "each tie has its phrase");

#define NAME_IN(table, value, otherwise)                                                                     \
    ((size_t)(value) < sizeof(table) / sizeof *(table) ? (table)[(size_t)(value)] : (otherwise))

const char *dsr_furniture_kind_name(dsr_furniture_kind kind)
{
    return NAME_IN(furniture_kinds, kind, "other");
}

bool dsr_furniture_kind_parse(dsr_slice name, dsr_furniture_kind *out)
{
    for (unsigned kind = 0; kind < DSR_FURNITURE_KINDS; kind++) {
        if (dsr_slice_equal(name, dsr_slice_of(furniture_kinds[kind]))) {
            *out = (dsr_furniture_kind)kind;
            return true;
        }
    }
    return false;
}

const char *dsr_name_type_name(dsr_name_type type)
{
    return NAME_IN(name_types, type, "ORG");
}

bool dsr_name_type_parse(dsr_slice name, dsr_name_type *out)
{
    for (unsigned type = 0; type < DSR_NAME_TYPES; type++) {
        if (dsr_slice_equal(name, dsr_slice_of(name_types[type]))) {
            *out = (dsr_name_type)type;
            return true;
        }
    }
    return false;
}

const char *dsr_reference_kind_name(dsr_reference_kind kind)
{
    return NAME_IN(reference_kinds, kind, "pronoun");
}

const char *dsr_tie_phrase(dsr_tie tie)
{
    return NAME_IN(ties, tie, ties[DSR_TIE_NONE]);
}

const char *dsr_time_type_name(dsr_time_type type)
{
    return NAME_IN(time_types, type, "DATE");
}

const char *dsr_time_mod_name(dsr_time_mod mod)
{
    return NAME_IN(time_mods, mod, NULL);
}

const char *dsr_approx_name(dsr_approx approx)
{
    return NAME_IN(approxes, approx, "about");
}

const char *dsr_quote_kind_name(dsr_quote_kind kind)
{
    return NAME_IN(quote_kinds, kind, "scare");
}

const char *dsr_event_type_name(dsr_event_type type)
{
    return NAME_IN(event_types, type, "CONSULT");
}

bool dsr_event_type_parse(dsr_slice name, dsr_event_type *out)
{
    for (int i = 0; i < DSR_EVENT_TYPES; i++) {
        if (dsr_slice_equal(name, dsr_slice_of(event_types[i]))) {
            *out = (dsr_event_type)i;
            return true;
        }
    }
    return false;
}

const char *dsr_realis_name(dsr_realis realis)
{
    return NAME_IN(reales, realis, "hypothetical");
}

const char *dsr_stance_name(dsr_stance stance)
{
    return NAME_IN(stances, stance, "concern");
}

bool dsr_stance_parse(dsr_slice name, dsr_stance *out)
{
    for (int i = 0; i < DSR_STANCES; i++) {
        if (dsr_slice_equal(name, dsr_slice_of(stances[i]))) {
            *out = (dsr_stance)i;
            return true;
        }
    }
    return false;
}

const char *dsr_variant_kind_name(dsr_variant_kind kind)
{
    return NAME_IN(variant_kinds, kind, "changed");
}

const char *dsr_medium_name(dsr_medium medium)
{
    return NAME_IN(media, medium, NULL);
}

const char *dsr_said_how_name(dsr_said_how how)
{
    return NAME_IN(said_hows, how, "marks");
}

const char *dsr_origin_name(dsr_origin origin)
{
    return NAME_IN(origins, origin, "unknown");
}

const char *dsr_edit_kind_name(dsr_edit_kind kind)
{
    return NAME_IN(edit_kinds, kind, "wording");
}

const char *dsr_direction_name(dsr_direction direction)
{
    return NAME_IN(directions, direction, "unknown");
}
