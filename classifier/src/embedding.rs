//! `Embedding`: what a text means, as a direction that is near those of texts that mean the same.

/// How many numbers an embedding has.
pub const DIMENSIONS: usize = 384;

/// How much of a text is embedded after its title, in bytes: news says first what it is about, and each word costs.
const LEAD: usize = 700;

/// A direction in [`DIMENSIONS`] dimensions, a byte each. Its length says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Embedding([i8; DIMENSIONS]);

impl Embedding {
    /// Quantises a direction; `None` unless it has [`DIMENSIONS`] numbers, all of them finite and one of them not zero.
    pub fn of(numbers: &[f32]) -> Option<Self> {
        let numbers: &[f32; DIMENSIONS] = numbers.try_into().ok()?;
        let most = numbers.iter().fold(0.0_f32, |most, number| most.max(number.abs()));
        let is_direction = numbers.iter().all(|number| number.is_finite()) && most > 0.0;
        is_direction.then(|| Self(numbers.map(|number| (number / most * 127.0).round() as i8)))
    }

    /// Reads what [`Embedding::to_bytes`] wrote; `None` if it is not of this length, or has no direction.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; DIMENSIONS] = bytes.try_into().ok()?;
        bytes.iter().any(|byte| *byte != 0).then(|| Self(bytes.map(u8::cast_signed)))
    }

    /// A byte for each dimension.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.map(i8::cast_unsigned).to_vec()
    }

    /// The cosine of the angle to another: 1 for the same direction, about 0 for texts that have nothing in common.
    pub fn cosine(&self, other: &Self) -> f32 {
        self.dot(other) as f32 / (self.length() * other.length())
    }

    /// The numbers, scaled to length one.
    pub(crate) fn unit(&self) -> [f32; DIMENSIONS] {
        let length = self.length();
        self.0.map(|number| f32::from(number) / length)
    }

    fn length(&self) -> f32 {
        (self.dot(self) as f32).sqrt()
    }

    fn dot(&self, other: &Self) -> i32 {
        let products = self.0.iter().zip(&other.0).map(|(a, b)| i32::from(*a) * i32::from(*b));
        products.sum()
    }
}

/// What is embedded of a text: the title and the beginning of what follows.
pub fn passage(title: &str, body: &str) -> String {
    let lead = &body[..body.floor_char_boundary(LEAD)];
    format!("{title}. {lead}")
}
