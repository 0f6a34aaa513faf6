"""The next step of a trajectory in words, and the endpoint where it is done."""

from flask_babel import lazy_gettext as _l

from app.coaching.queries.next_steps import Step

STEPS = {
    Step.AGREE: (_l("Write down what you two agree on"), "coaching.show_start_agreement"),
    Step.CHECK_IN: (_l("Answer two questions about how it goes"), "coaching.show_check_in"),
    Step.PLAN: (_l("Plan the next talk"), "coaching.index_talks"),
    Step.CLOSE: (_l("Look back together, and close it"), "coaching.show_closure"),
    Step.EVALUATE: (_l("Tell what it yielded"), "coaching.show_closure"),
}
"""Every step but none."""
