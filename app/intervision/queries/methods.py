"""Methods: those that everybody has, and the network's own beside them."""

from sqlalchemy import select

from app.intervision.methods import SteppedMethod, shipped_methods, steps_of
from app.intervision.models import Method
from app.kernel.errors import NotFound
from tenants.session import session


def methods(*, with_retired: bool = False) -> list[SteppedMethod]:
    """Every method that can be chosen: the shipped ones in their order, then the network's own by name."""
    own = [_stepped(row) for row in session().scalars(select(Method).order_by(Method.name, Method.id))]
    return [*shipped_methods().values(), *(method for method in own if with_retired or not method.is_retired)]


def method_with(code: str) -> SteppedMethod:
    """A method by its code, also a retired one. Raises NotFound."""
    return shipped_methods().get(code) or _stepped(own_method(code))


def own_method(code: str) -> Method:
    """A method of the network's own. Raises NotFound."""
    found = session().scalar(select(Method).where(Method.code == code))
    if found is None:
        raise NotFound
    return found


def _stepped(row: Method) -> SteppedMethod:
    return SteppedMethod(
        code=row.code,
        words={"name": row.name},
        steps=steps_of(row.steps),
        is_own=True,
        is_retired=row.retired_at is not None,
    )
