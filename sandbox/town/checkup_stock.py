"""What the town's check-up centres offer."""

from decimal import Decimal

from sandbox.town.checkups import Centre, Employer, Group, Item, Package

_ALLERGENS = 48
# Name, price, department, gender, before a meal.
_NAMED = (
    ("一般检查", "10.00", "体检中心", "", False),
    ("内科检查", "12.00", "体检中心", "", False),
    ("外科检查", "12.00", "体检中心", "", False),
    ("血常规", "20.00", "检验科", "", True),
    ("尿常规", "15.00", "检验科", "", False),
    ("肝功能", "45.50", "检验科", "", True),
    ("空腹血糖", "8.00", "检验科", "", True),
    ("血型测定", "20.50", "输血科", "", False),
    ("心电图", "26.40", "心电图室", "", False),
    ("腹部彩超", "120.00", "超声科", "", True),
    ("胸部正位片", "60.00", "放射科", "", False),
    ("动脉硬化检查", "80.00", "功能科", "", False),
    ("前列腺彩超", "90.00", "超声科", "M", False),
    ("妇科检查", "35.00", "妇科", "F", False),
)


def items() -> tuple[Item, ...]:
    """More than one page of them."""
    named = [
        Item(
            code=f"{11001 + place}",
            name=name,
            standard_price=Decimal(price),
            price=Decimal(price),
            department=department,
            gender=gender,
            before_meal=before_meal,
        )
        for place, (name, price, department, gender, before_meal) in enumerate(_NAMED)
    ]
    tested = [
        Item(
            code=f"{12001 + number}",
            name=f"过敏原检测（{number + 1}）",
            standard_price=Decimal("30.00"),
            price=Decimal("24.00"),
            department="检验科",
        )
        for number in range(_ALLERGENS)
    ]
    return (*named, *tested)


def centre(hospital_id: str) -> Centre:
    """The same in every hospital, with numbers of its own."""
    all_items = items()
    return Centre(
        items=all_items,
        packages=(
            Package(
                code=f"{hospital_id}01",
                name="基础健康体检",
                kind=0,
                introduction="常规项目，适合每年检查一次。",
                price=Decimal("128.00"),
                items=all_items[:7],
            ),
            Package(
                code=f"{hospital_id}02",
                name="从业人员健康证体检",
                kind=4,
                introduction="办理健康证所需项目。",
                price=Decimal("60.00"),
                items=all_items[:5],
            ),
            Package(
                code=f"{hospital_id}03",
                name="粉尘作业职业病体检",
                kind=1,
                introduction="接触粉尘人员的在岗检查。",
                price=Decimal("95.00"),
                items=all_items[:3] + all_items[10:11],
                occupation="001",
            ),
        ),
        employers=(
            Employer(
                code=f"{hospital_id}72",
                name="样例银行",
                people=("p01", "p03"),
                groups=(
                    Group(
                        code=f"{hospital_id}45",
                        name="男职工",
                        gender="M",
                        youngest=18,
                        oldest=0,
                        items=all_items[:4] + all_items[12:13],
                    ),
                    Group(
                        code=f"{hospital_id}46",
                        name="女职工",
                        gender="F",
                        youngest=18,
                        oldest=55,
                        items=all_items[:4] + all_items[13:14],
                    ),
                ),
            ),
        ),
    )
