"""Writes one bundled data set: zstd Parquet in long format and its description beside it."""

import hashlib
import json
import pathlib

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

ROOT = pathlib.Path(__file__).resolve().parents[2] / "datasets"


def instrument(symbol, kind, currency="USD", lot_size=0):
    return {
        "symbol": symbol,
        "kind": kind,
        "currency": currency,
        "tickSize": 0,
        "lotSize": lot_size,
        "minQuantity": 0,
        "minNotional": 0,
        "multiplier": 1,
    }


def content_hash(frame, fields):
    """The same bytes as src/lib/data/catalog/content-hash.ts: symbol, zero, row count and columns as little-endian doubles."""
    digest = hashlib.sha256()
    for symbol, rows in frame.groupby("symbol", sort=True):
        digest.update(symbol.encode() + b"\0" + np.array([len(rows)], "<f8").tobytes())
        digest.update(rows["time"].to_numpy("datetime64[ms]").astype("int64").astype("<f8").tobytes())
        for field in fields:
            digest.update(rows[field].to_numpy("<f8").tobytes())
    return digest.hexdigest()


def write_dataset(name, frame, instruments, **description):
    """`frame` has symbol, time (naive UTC), close and, unless close-only, open, high, low, volume."""
    close_only = description["closeOnly"]
    columns = ["symbol", "time"] + (["close"] if close_only else ["open", "high", "low", "close", "volume"])
    frame = frame[columns].dropna(subset=["close"]).sort_values(["symbol", "time"], kind="stable")
    assert not frame.duplicated(["symbol", "time"]).any(), "duplicate times"
    assert (frame["close"] > 0).all(), "prices must be positive"
    assert sorted(frame["symbol"].unique()) == sorted(i["symbol"] for i in instruments), "instruments differ"

    schema = pa.schema(
        [("symbol", pa.string()), ("time", pa.timestamp("ms"))] + [(c, pa.float64()) for c in columns[2:]]
    )
    folder = ROOT / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "bars.parquet"
    table = pa.Table.from_pandas(frame, schema=schema, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(table, path, compression="zstd", compression_level=19, use_dictionary=["symbol"])

    stamp = lambda t: pd.Timestamp(t).tz_localize("UTC").isoformat(timespec="milliseconds").replace("+00:00", "Z")
    document = {
        "name": name,
        **description,
        "instruments": sorted(instruments, key=lambda i: i["symbol"]),
        "rows": len(frame),
        "from": stamp(frame["time"].min()),
        "to": stamp(frame["time"].max()),
        "contentHash": content_hash(frame, columns[2:]),
    }
    (folder / "dataset.json").write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    print(f"{name}: {len(frame)} rows, {path.stat().st_size} bytes")
