"""Writes logarithms.json: log(1 + x) in 40 digits, by the decimal module of Python alone."""

import json
import random
from decimal import Decimal, getcontext

getcontext().prec = 400
random.seed(20261125)
numbers = [0.0, 5e-324, 1e-300, 1e-17, 1e-9, 0.5, 0.9999999999999999, 1.0, 1.0000000000000002, 2.0, 3.0]
numbers += [1023.0, 1024.0, 4095.0, 4503599627370495.5, 9007199254740993.0, 1e22, 1.7976931348623157e308]
numbers += [random.random() for _ in range(150)]
numbers += [10 ** random.uniform(-12, 0) for _ in range(50)]
numbers += [random.uniform(1, 4) for _ in range(150)]
numbers += [10 ** random.uniform(0, 12) for _ in range(150)]
numbers += [float(random.randrange(1, 10**7)) for _ in range(100)]
rows = []
for number in numbers:
    logarithm = (1 + Decimal(number)).ln() if number > 1e-100 else Decimal(number)
    rows.append([number, f"{logarithm:.39e}"])
with open("logarithms.json", "w") as file:
    json.dump({"source": "make_logarithms.py", "logarithms": rows}, file, indent=0)
    file.write("\n")
