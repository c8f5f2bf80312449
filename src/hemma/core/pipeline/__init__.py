"""What alone may join the other subjects of the core.

Forecast → need → simulation, and the live policy in a simulation; and who works when and where,
under which law: `company.Company` holds what a plan is made for, `plan.Planner` makes one,
`plan_checking.faults` judges any, `plan_explaining` says why it is as it is, `plan_today` changes
one within the day. `plan`, `plan_explaining` and `plan_today` load the compiler.
"""
