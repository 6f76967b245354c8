"""The table of rules, in the order of their ids."""

from collections.abc import Iterable

from regdocs.finding import Severity
from regdocs.rules import (
    abbreviations,
    accepted,
    ages,
    arms,
    children,
    consent,
    criteria,
    criterion_numbers,
    design,
    doses,
    eligibility,
    endpoints,
    excluded_disease,
    forms,
    identifiers,
    limits,
    magnitudes,
    measured,
    misspelt_names,
    open_values,
    opposed,
    oversight,
    randomisation,
    ranges,
    references,
    schedule,
    sites,
    windows,
    wording,
)
from regdocs.rules.rule import Hit, Rule
from regdocs.spec.protocol import Protocol

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
_REGISTRY = "ClinicalTrials.gov, Protocol Registration Data Element Definitions"
_USDM = "CDISC USDM v4, StudyCell"
_E6 = "ICH E6(R3) Annex 1, 2.8"
_E9 = "ICH E9(R1) A.3.3"
_CHILDREN = "45 CFR 46 subpart D"


def _entries_that_cannot_stand(protocol: Protocol) -> Iterable[Hit]:
    return accepted.entries_that_cannot_stand(protocol, RULES)


def _entries_without_a_finding(protocol: Protocol) -> Iterable[Hit]:
    return accepted.entries_without_a_finding(protocol, RULES)


RULES: tuple[Rule, ...] = (
    Rule("ABB-001", "abbreviation before its words", _WARNING, None, abbreviations.abbreviations_before_their_words),
    Rule("ACC-001", "finding that cannot be accepted", _ERROR, None, _entries_that_cannot_stand),
    Rule("ACC-002", "accepted finding that is not there", _WARNING, None, _entries_without_a_finding),
    Rule("ARM-001", "arm without intervention", _ERROR, _REGISTRY, arms.arms_without_intervention),
    Rule("ARM-002", "intervention that no arm receives", _ERROR, _REGISTRY, arms.interventions_nobody_receives),
    Rule("ARM-003", "product that no intervention uses", _WARNING, None, arms.products_nobody_uses),
    Rule("ARM-004", "no-intervention arm with an intervention", _ERROR, None, arms.arms_with_an_intervention_too_many),
    Rule("ASN-001", "assent at odds with the bands", _ERROR, _CHILDREN, children.assent_at_odds_with_bands),
    Rule("CELL-001", "arm and epoch without a cell", _WARNING, _USDM, arms.missing_cells),
    Rule("CELL-002", "cell gives what its arm does not receive", _ERROR, None, arms.cells_with_foreign_interventions),
    Rule("CELL-003", "intervention given in no epoch", _ERROR, None, arms.interventions_given_in_no_cell),
    Rule("CELL-004", "two cells for one arm and epoch", _ERROR, _USDM, arms.repeated_cells),
    Rule("CNS-001", "product or invasive procedure without a risk", _WARNING, _E6, consent.nothing_said_of_risks),
    Rule("DOS-001", "dose without unit", _WARNING, None, doses.doses_without_unit),
    Rule("DOS-002", "dose of a product not received", _ERROR, None, doses.doses_nobody_receives),
    Rule(
        "DSN-001", "allocation or model at odds with the arms", _ERROR, _REGISTRY, design.allocation_at_odds_with_arms
    ),
    Rule("DSN-002", "masking at odds with who is masked", _ERROR, _REGISTRY, design.masking_at_odds_with_roles),
    Rule("DSN-003", "number of arms at odds with the arms", _ERROR, None, design.arm_count_at_odds_with_arms),
    Rule("DSN-004", "participants do not add up", _WARNING, None, design.participants_do_not_add_up),
    Rule("DSN-005", "masked roles do not fit the level", _WARNING, _REGISTRY, design.masked_roles_do_not_fit_the_level),
    Rule("ELG-001", "criterion that nobody finds out", _WARNING, None, eligibility.unmeasured_criteria),
    Rule("ELG-002", "ages reversed", _ERROR, None, eligibility.ages_reversed),
    Rule("ELG-003", "nesting out of shape", _ERROR, None, eligibility.nesting_out_of_shape),
    Rule("ELG-004", "inclusion after exclusion", _WARNING, None, eligibility.inclusion_after_exclusion),
    Rule(
        "ELG-005",
        "criterion at odds with the population",
        _WARNING,
        None,
        criteria.criteria_at_odds_with_the_population,
    ),
    Rule("ELG-006", "conditions joined by and/or", _NOTE, None, criteria.compound_criteria),
    Rule("ELG-007", "criterion given twice", _WARNING, None, criteria.repeated_criteria),
    Rule("ELG-008", "criteria that contradict each other", _WARNING, None, limits.contradicting_criteria),
    Rule("ELG-009", "limit at odds with the words", _WARNING, None, criterion_numbers.numbers_at_odds_with_the_words),
    Rule("ELG-010", "studied disease excluded", _WARNING, None, excluded_disease.studied_disease_excluded),
    Rule(
        "ELG-011",
        "inclusion at odds with exclusion, in words",
        _WARNING,
        None,
        opposed.inclusion_at_odds_with_exclusion,
    ),
    Rule("ELG-012", "age at odds with the population", _WARNING, None, ages.ages_at_odds_with_the_population),
    Rule("ELG-013", "exclusion out of reach", _NOTE, None, opposed.exclusions_out_of_reach),
    Rule("END-001", "endpoint without time frame", _ERROR, _REGISTRY, endpoints.endpoints_without_time_frame),
    Rule("END-002", "endpoint that nothing measures", _ERROR, None, endpoints.unmeasured_endpoints),
    Rule("END-003", "objective without endpoint", _WARNING, None, endpoints.objectives_without_endpoint),
    Rule("END-004", "endpoint of several measures", _NOTE, _REGISTRY, endpoints.endpoints_of_several_measures),
    Rule(
        "EST-001",
        "estimand without intercurrent event",
        _WARNING,
        _E9,
        randomisation.estimands_without_intercurrent_events,
    ),
    Rule("FRM-001", "form that is never printed", _WARNING, None, forms.forms_never_printed),
    Rule("FRM-002", "choices missing or out of place", _ERROR, None, forms.choices_out_of_place),
    Rule("ID-001", "id given twice", _ERROR, None, identifiers.duplicate_ids),
    Rule("ID-002", "ids that differ by case only", _WARNING, None, identifiers.ids_that_differ_by_case),
    Rule("ID-003", "id that names two things", _ERROR, None, identifiers.ids_that_a_reference_cannot_tell_apart),
    Rule("ID-004", "site that cannot have a folder", _ERROR, None, identifiers.sites_that_cannot_be_folders),
    Rule(
        "LNG-001",
        "short form without languages",
        _WARNING,
        "45 CFR 46.117(b)(2)",
        wording.short_forms_without_languages,
    ),
    Rule("OPEN-001", "value to be completed", _NOTE, None, open_values.values_to_complete),
    Rule("OPEN-002", "value only assumed", _NOTE, None, open_values.values_assumed),
    Rule(
        "OVS-001",
        "site without ethics committee",
        _WARNING,
        "ICH E6(R3) Annex 1, 1",
        oversight.sites_without_ethics_committee,
    ),
    Rule("OVS-002", "bands of assent that do not join", _WARNING, _CHILDREN, children.bands_that_do_not_join),
    Rule("OVS-003", "minors without a determination", _WARNING, _CHILDREN, children.minors_without_a_determination),
    Rule("PAR-002", "parents' words for nothing", _ERROR, None, wording.parents_words_for_nothing),
    Rule("REF-001", "dangling reference", _ERROR, None, references.dangling_references),
    Rule("REF-002", "reference given twice", _ERROR, None, references.repeated_references),
    Rule("RND-001", "ratio at odds with the arms", _ERROR, None, randomisation.ratio_at_odds_with_arms),
    Rule(
        "RND-002",
        "allocation at odds with randomisation",
        _WARNING,
        None,
        randomisation.randomised_without_randomisation,
    ),
    Rule("SCH-001", "visit outside its epoch", _ERROR, None, schedule.visits_outside_their_epoch),
    Rule("SCH-002", "activity never scheduled", _WARNING, None, schedule.activities_never_scheduled),
    Rule("SCH-003", "consent is not the first row", _WARNING, _E6, schedule.consent_not_first),
    Rule("SCH-004", "footnote not defined", _ERROR, None, schedule.unknown_footnotes),
    Rule("SCH-005", "footnote without a mark", _WARNING, None, schedule.unused_footnotes),
    Rule("SCH-006", "days out of order", _WARNING, None, schedule.days_out_of_order),
    Rule("SCH-007", "procedure that no activity uses", _WARNING, None, schedule.procedures_nobody_does),
    Rule("SCH-008", "windows that overlap", _WARNING, None, windows.overlapping_windows),
    Rule("SCH-009", "windows that meet", _NOTE, None, windows.windows_that_meet),
    Rule("SIG-001", "nobody signs the consent form", _WARNING, _E6, consent.nobody_signs),
    Rule("SIG-002", "two rules for one signatory", _ERROR, None, consent.signatories_given_twice),
    Rule("SIT-001", "site wording given twice", _ERROR, None, sites.wording_given_twice),
    Rule("SLIP-001", "question about the record's own words", _WARNING, None, open_values.doubtful_words),
    Rule("UNT-001", "one limit in two units that differ", _WARNING, None, measured.limits_that_do_not_agree),
    Rule("UNT-002", "limit without its unit", _WARNING, None, measured.limits_without_a_unit),
    Rule("UNT-003", "name with its letters turned", _WARNING, None, measured.names_with_letters_turned),
    Rule("UNT-004", "limit that cannot be", _WARNING, None, magnitudes.limits_that_cannot_be),
    Rule("UNT-005", "unit that nobody knows, or of another kind", _WARNING, None, magnitudes.units_that_nobody_knows),
    Rule("UNT-006", "limits upside down", _WARNING, None, ranges.limits_upside_down),
    Rule("UNT-007", "name nearly spelt", _WARNING, None, misspelt_names.names_nearly_spelt),
    Rule(
        "WAV-001", "alteration without elements", _WARNING, "45 CFR 46.116(f)", oversight.alterations_without_elements
    ),
    Rule(
        "WAV-002",
        "alteration of what may not be altered",
        _WARNING,
        "45 CFR 46.116(f)",
        oversight.elements_that_cannot_be_altered,
    ),
)
