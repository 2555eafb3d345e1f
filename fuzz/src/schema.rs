//! The server's schema, made of `schema/schema.graphql` with nothing behind its fields: the same parser and the same validation
//! over the same types, without building all that the server's own resolvers need.

use async_graphql::dynamic::{
    Enum, Field, FieldFuture, FieldValue, InputObject, InputValue, Object, Scalar, Schema, SchemaBuilder, Subscription,
    SubscriptionField, SubscriptionFieldFuture, Type, TypeRef, Union,
};
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type as Written, TypeDefinition, TypeKind, TypeSystemDefinition,
};
use async_graphql::{Error, Value};

/// The schema with the limits of `varsel_server::graphql`. Every root field fails, as no server is there.
///
/// # Panics
/// `schema/schema.graphql` has what this does not know: this must follow it.
pub fn build() -> Schema {
    let document = parse_schema(include_str!("../../schema/schema.graphql")).unwrap();
    let empty = Schema::build("Query", Some("Mutation"), Some("Subscription"));
    let known = document.definitions.into_iter().fold(empty, |schema, definition| match definition {
        TypeSystemDefinition::Type(it) => schema.register(of(it.node)),
        TypeSystemDefinition::Schema(_) | TypeSystemDefinition::Directive(_) => schema,
    });
    limited(known).finish().unwrap()
}

fn limited(schema: SchemaBuilder) -> SchemaBuilder {
    schema.limit_depth(16).limit_complexity(20_000).limit_recursive_depth(64).limit_directives(10)
}

fn of(it: TypeDefinition) -> Type {
    let name = it.name.node.to_string();
    match it.kind {
        TypeKind::Scalar => Scalar::new(name).into(),
        TypeKind::Enum(it) => {
            let values = it.values.iter().map(|value| value.node.value.node.as_str());
            Enum::new(name).items(values).into()
        }
        TypeKind::Union(it) => {
            let members = it.members.iter().map(|member| member.node.as_str());
            members.fold(Union::new(name), Union::possible_type).into()
        }
        TypeKind::InputObject(it) => {
            let fields = it.fields.iter().map(|field| input(&field.node));
            fields.fold(InputObject::new(name), InputObject::field).into()
        }
        TypeKind::Object(it) if name == "Subscription" => {
            let fields = it.fields.iter().map(|field| streamed(&field.node));
            fields.fold(Subscription::new(name), Subscription::field).into()
        }
        TypeKind::Object(it) => {
            let fields = it.fields.iter().map(|field| resolved(&field.node));
            fields.fold(Object::new(name), Object::field).into()
        }
        TypeKind::Interface(_) => panic!("the schema has no interface"),
    }
}

fn resolved(it: &FieldDefinition) -> Field {
    let field = Field::new(it.name.node.as_str(), reference(&it.ty.node), |_| {
        FieldFuture::new(async { Err::<Option<FieldValue<'_>>, _>(Error::new("no server")) })
    });
    it.arguments.iter().map(|argument| input(&argument.node)).fold(field, Field::argument)
}

fn streamed(it: &FieldDefinition) -> SubscriptionField {
    type Nothing = async_graphql::futures_util::stream::Empty<async_graphql::Result<Value>>;
    let field = SubscriptionField::new(it.name.node.as_str(), reference(&it.ty.node), |_| {
        SubscriptionFieldFuture::new(async { Err::<Nothing, _>(Error::new("no server")) })
    });
    it.arguments.iter().map(|argument| input(&argument.node)).fold(field, SubscriptionField::argument)
}

fn input(it: &InputValueDefinition) -> InputValue {
    let value = InputValue::new(it.name.node.as_str(), reference(&it.ty.node));
    match &it.default_value {
        Some(default) => value.default_value(default.node.clone()),
        None => value,
    }
}

fn reference(it: &Written) -> TypeRef {
    let base = match &it.base {
        BaseType::Named(name) => TypeRef::named(name.as_str()),
        BaseType::List(of) => TypeRef::List(Box::new(reference(of))),
    };
    if it.nullable { base } else { TypeRef::NonNull(Box::new(base)) }
}
