from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_matrix

class Bounds:
    def __init__(self, lb: ArrayLike = ..., ub: ArrayLike = ..., keep_feasible: ArrayLike = ...) -> None: ...

class LinearConstraint:
    def __init__(
        self, A: csr_matrix | ArrayLike, lb: ArrayLike = ..., ub: ArrayLike = ..., keep_feasible: bool = ...
    ) -> None: ...

class OptimizeResult:
    status: int
    message: str
    success: bool
    x: NDArray[np.float64]
    fun: float
    mip_dual_bound: float
    mip_gap: float

def linear_sum_assignment(
    cost_matrix: NDArray[Any], maximize: bool = ...
) -> tuple[NDArray[np.int64], NDArray[np.int64]]: ...
def milp(
    c: ArrayLike,
    *,
    integrality: ArrayLike | None = ...,
    bounds: Bounds | None = ...,
    constraints: LinearConstraint | list[LinearConstraint] | None = ...,
    options: dict[str, Any] | None = ...,
) -> OptimizeResult: ...
