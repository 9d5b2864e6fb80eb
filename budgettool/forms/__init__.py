"""Forms: layouts that are pinned rather than recognised, one TOML file each.

The drawer is empty until forms are read; layouts are recognised by vocabulary (`recognise`).
"""
