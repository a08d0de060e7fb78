<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis styleCategories="Symbology|Labeling|Fields|Forms" version="3.40.6-Bratislava">
  <fieldConfiguration>
    <field name="parcel" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="layer" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="class" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="class_name" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="group" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="ownership" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="owner_code" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="owner_name" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="slope" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="grade" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="area_m2" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
  </fieldConfiguration>
  <aliases>
    <alias index="0" name="地块编号" field="parcel"/>
    <alias index="1" name="图层" field="layer"/>
    <alias index="2" name="地类编码" field="class"/>
    <alias index="3" name="地类名称" field="class_name"/>
    <alias index="4" name="三大类" field="group"/>
    <alias index="5" name="权属" field="ownership"/>
    <alias index="6" name="权属单位代码" field="owner_code"/>
    <alias index="7" name="权属单位名称" field="owner_name"/>
    <alias index="8" name="坡度级" field="slope"/>
    <alias index="9" name="质量等别" field="grade"/>
    <alias index="10" name="面积（平方米）" field="area_m2"/>
  </aliases>
  <splitPolicies>
    <policy policy="Duplicate" field="parcel"/>
    <policy policy="Duplicate" field="layer"/>
    <policy policy="Duplicate" field="class"/>
    <policy policy="Duplicate" field="class_name"/>
    <policy policy="Duplicate" field="group"/>
    <policy policy="Duplicate" field="ownership"/>
    <policy policy="Duplicate" field="owner_code"/>
    <policy policy="Duplicate" field="owner_name"/>
    <policy policy="Duplicate" field="slope"/>
    <policy policy="Duplicate" field="grade"/>
    <policy policy="Duplicate" field="area_m2"/>
  </splitPolicies>
  <duplicatePolicies>
    <policy policy="Duplicate" field="parcel"/>
    <policy policy="Duplicate" field="layer"/>
    <policy policy="Duplicate" field="class"/>
    <policy policy="Duplicate" field="class_name"/>
    <policy policy="Duplicate" field="group"/>
    <policy policy="Duplicate" field="ownership"/>
    <policy policy="Duplicate" field="owner_code"/>
    <policy policy="Duplicate" field="owner_name"/>
    <policy policy="Duplicate" field="slope"/>
    <policy policy="Duplicate" field="grade"/>
    <policy policy="Duplicate" field="area_m2"/>
  </duplicatePolicies>
  <defaults>
    <default field="parcel" expression="" applyOnUpdate="0"/>
    <default field="layer" expression="" applyOnUpdate="0"/>
    <default field="class" expression="" applyOnUpdate="0"/>
    <default field="class_name" expression="" applyOnUpdate="0"/>
    <default field="group" expression="" applyOnUpdate="0"/>
    <default field="ownership" expression="" applyOnUpdate="0"/>
    <default field="owner_code" expression="" applyOnUpdate="0"/>
    <default field="owner_name" expression="" applyOnUpdate="0"/>
    <default field="slope" expression="" applyOnUpdate="0"/>
    <default field="grade" expression="" applyOnUpdate="0"/>
    <default field="area_m2" expression="" applyOnUpdate="0"/>
  </defaults>
  <constraints>
    <constraint field="parcel" exp_strength="0" constraints="0" notnull_strength="0" unique_strength="0"/>
    <constraint field="layer" exp_strength="0" constraints="0" notnull_strength="0" unique_strength="0"/>
    <constraint field="class" exp_strength="0" constraints="0" notnull_strength="0" unique_strength="0"/>
    <constraint field="class_name" exp_strength="0" constraints="0" notnull_strength="0" unique_strength="0"/>
    <constraint field="group" exp_strength="0" constraints="0" notnull_strength="0" unique_strength="0"/>
    <constraint field="ownership" exp_strength="0" constraints="0" notnull_strength="0" unique_strength="0"/>
    <constraint field="owner_code" exp_strength="0" constraints="0" notnull_strength="0" unique_strength="0"/>
    <constraint field="owner_name" exp_strength="0" constraints="0" notnull_strength="0" unique_strength="0"/>
    <constraint field="slope" exp_strength="0" constraints="0" notnull_strength="0" unique_strength="0"/>
    <constraint field="grade" exp_strength="0" constraints="0" notnull_strength="0" unique_strength="0"/>
    <constraint field="area_m2" exp_strength="0" constraints="0" notnull_strength="0" unique_strength="0"/>
  </constraints>
  <constraintExpressions>
    <constraint field="parcel" desc="" exp=""/>
    <constraint field="layer" desc="" exp=""/>
    <constraint field="class" desc="" exp=""/>
    <constraint field="class_name" desc="" exp=""/>
    <constraint field="group" desc="" exp=""/>
    <constraint field="ownership" desc="" exp=""/>
    <constraint field="owner_code" desc="" exp=""/>
    <constraint field="owner_name" desc="" exp=""/>
    <constraint field="slope" desc="" exp=""/>
    <constraint field="grade" desc="" exp=""/>
    <constraint field="area_m2" desc="" exp=""/>
  </constraintExpressions>
  <expressionfields/>
  <editform tolerant="1"></editform>
  <editforminit/>
  <editforminitcodesource>0</editforminitcodesource>
  <editforminitfilepath></editforminitfilepath>
  <editforminitcode><![CDATA[]]></editforminitcode>
  <featformsuppress>0</featformsuppress>
  <editorlayout>generatedlayout</editorlayout>
  <editable/>
  <labelOnTop/>
  <reuseLastValue/>
  <dataDefinedFieldProperties/>
  <widgets/>
  <layerGeometryType>4</layerGeometryType>
</qgis>
