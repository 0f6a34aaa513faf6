"""A bar that asks for itself leads to the result once, however long the way there takes."""

ASKING = """() => {
    const bar = document.createElement("div");
    for (const [name, value] of Object.entries({"hx-get": "/bar", "hx-trigger": "every 50ms"})) bar.setAttribute(name, value);
    document.querySelector("main").append(bar);
    htmx.process(bar);
}"""


def test_a_page_that_leaves_asks_no_more(live, page_as):
    page = page_as(live.cast["coordinator"])
    page.goto("/waterland/")
    left = []
    page.route("**/bar", lambda route: route.fulfill(headers={"HX-Redirect": "/waterland/mensen"}))
    page.route("**/mensen", lambda route: left.append(route))  # noqa: PLW0108 - the library takes no built-in
    page.evaluate(ASKING)
    page.wait_for_timeout(700)
    assert len(left) == 1
    left[0].continue_()
    page.wait_for_url("**/mensen")
