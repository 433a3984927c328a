//! QMP and the guest agent, which are generated from two schemas, as one client sees them.

use std::fmt::Debug;

use qapi::{qga, qmp};
use serde::Serialize;
use serde_json::Value;

/// What QEMU's monitor speaks.
pub struct Qmp;

/// What the guest agent speaks.
pub struct Agent;

/// A command of the protocol `P`.
pub trait Request<P>: Serialize {
    const NAME: &'static str;
    type Return: Serialize + Debug;

    /// The message that asks for it.
    fn encode(self, id: Value, out_of_band: bool) -> serde_json::Result<String>;

    /// Reads the answer.
    fn decode(line: &str) -> serde_json::Result<Answer<Self::Return>>;
}

/// What a command returns, or else the class and the description of an error; and the `id` of the request.
pub struct Answer<R> {
    pub result: Result<R, (String, String)>,
    pub id: Option<Value>,
}

/// The same words for two modules that the generator wrote.
macro_rules! request {
    ($protocol:ty, $module:ident) => {
        impl<C> Request<$protocol> for C
        where
            C: $module::Command,
            C::Return: Serialize + Debug,
        {
            const NAME: &'static str = C::NAME;
            type Return = C::Return;

            fn encode(self, id: Value, out_of_band: bool) -> serde_json::Result<String> {
                let request = $module::Execute::new(self).with_id(id);
                serde_json::to_string(&match out_of_band {
                    true => request.out_of_band(),
                    false => request,
                })
            }

            fn decode(line: &str) -> serde_json::Result<Answer<C::Return>> {
                let response: $module::Response<C::Return> = serde_json::from_str(line)?;
                Ok(Answer {
                    result: response.result.map_err(|error| (error.class, error.desc)),
                    id: response.id,
                })
            }
        }
    };
}

request!(Qmp, qmp);
request!(Agent, qga);
