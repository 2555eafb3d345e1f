//! Rows of `person`.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter,
    PrimaryKeyTrait, Related, RelationDef,
};
use serde_json::Value;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub issuer: String,
    pub subject: String,
    pub name: String,
    pub email: Option<String>,
    pub language: String,
    pub role: String,
    pub organisation_id: Option<Uuid>,
    pub unit: Option<String>,
    pub natural_key: Option<String>,
    pub demo_handle: Option<String>,
    pub title: Option<Value>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl Related<super::authorisation::Entity> for Entity {
    fn to() -> RelationDef {
        Entity::has_many(super::authorisation::Entity).into()
    }
}

impl ActiveModelBehavior for ActiveModel {}
