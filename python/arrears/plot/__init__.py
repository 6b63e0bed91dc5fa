"""Pictures of portfolios, of policies, of permitted hours and of what is owed.

Functions that take tables take whatever speaks Arrow, and count it. Every function returns an altair chart that holds
the counts and nothing else, so that a notebook shows it without a network. One set of colours means the same
everywhere: orange is more severe, blue is milder, grey is unchanged, purple has no direction.

```python
import arrears.plot as plot

picture = plot.action_mix(decisions, policy=policy)
plot.save(picture, "actions.png")
```
"""

from importlib.util import find_spec

if find_spec("altair") is None:
    raise ImportError('plots need altair: pip install "arrears[plot]"')

from arrears.plot._figure import Figure, save
from arrears.plot._flow import stage_flow
from arrears.plot._hours import permitted_hours
from arrears.plot._mix import action_mix
from arrears.plot._owed import cost_of_delay, owed_over_time
from arrears.plot._rates import roll_rates
from arrears.plot._states import StateDiagram, state_diagram
from arrears.plot._swap import swap_set
from arrears.plot._sweep import sweep_curve

__all__ = [
    "Figure",
    "StateDiagram",
    "action_mix",
    "cost_of_delay",
    "owed_over_time",
    "permitted_hours",
    "roll_rates",
    "save",
    "stage_flow",
    "state_diagram",
    "swap_set",
    "sweep_curve",
]
