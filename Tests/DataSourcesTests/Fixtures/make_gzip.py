"""Makes two-members.csv.gz: a table of 1,000 rows, compressed in two members, with a cut inside a row."""
import gzip, io, pathlib

text = "id;n\n" + "".join(f"L{i};{i},5\n" for i in range(1000))
data = text.encode()


def member(part):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0, filename="") as f:
        f.write(part)
    return out.getvalue()


target = pathlib.Path(__file__).with_name("two-members.csv.gz")
target.write_bytes(member(data[:5001]) + member(data[5001:]))
